import DocumentBackend
import Foundation
import StorageKit

/// The collections of the mongodb suite, on the server for as long as this lives, and the two who
/// use them.
final class MongoBenchmarkCollections: Sendable {
    static let variable = "STORAGEKIT_MONGODB_URL"
    static let databaseName = "storagekit_bench"
    /// How many threads the C program has at the most, each with a client; ours has the usual
    /// connections.
    static let clients = 64

    let database: MongoDatabase
    let baseline: MongoBaseline
    /// The documents that both sides read.
    let documents: DocumentCollection<MongoDatabase, MongoBenchmarkTodo>
    /// What both sides fill.
    let emptied: DocumentCollection<MongoDatabase, MongoBenchmarkTodo>
    /// The titles as the C program takes them.
    let cTitles = CStringArray(BenchmarkTodo.titles)

    init() async throws {
        guard let address = ProcessInfo.processInfo.environment[Self.variable] else {
            throw BenchmarkError.noServer(
                "\(Self.variable) is not set; scripts/bench mongodb starts a server and sets it")
        }
        database = try MongoDatabase(address, database: Self.databaseName)
        baseline = try MongoBaseline(
            address: address, database: Self.databaseName, clients: Self.clients)
        documents = DocumentCollection("storagekit_bench_todo", in: database)
        emptied = DocumentCollection("storagekit_bench_emptied", in: database)
        try await fill()
    }

    private func fill() async throws {
        try await documents.drop()
        let rows = zip(1..., BenchmarkTodo.titles).map {
            MongoBenchmarkTodo(id: $0, title: $1, done: $0 % 2 == 1)
        }
        for start in stride(from: 0, to: rows.count, by: 10_000) {
            try await documents.insert(contentsOf: Array(rows[start..<start + 10_000]))
        }
        try await empty()
    }

    /// Empties the collection that is filled.
    func empty() async throws {
        try await emptied.drop()
    }
}
