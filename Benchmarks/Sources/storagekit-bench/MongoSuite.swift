import DocumentBackend
import StorageKit

/// MongoDB through `MongoDatabase` against libmongoc from C, on the server of
/// `STORAGEKIT_MONGODB_URL`.
///
/// Writes have the server's default concern: a majority of its replica set, of one member here,
/// which has them in its journal.
enum MongoSuite: BenchmarkSuite {
    static let name = "mongodb"

    static func cases(isQuick: Bool) async throws -> [BenchmarkCase] {
        let collections = try await MongoBenchmarkCollections()
        let reads = isQuick ? 2_000 : 4_000
        return [
            find(collections, count: reads), findAtOnce(collections, tasks: 64, count: reads * 2),
            insert(collections, count: 10_000), stream(collections),
        ]
    }

    private static func find(
        _ collections: MongoBenchmarkCollections, count: Int
    ) -> BenchmarkCase {
        let keys = BenchmarkTodo.keys(count)
        return BenchmarkCase(
            id: "mongodb.find-one.await",
            summary: "\(count) awaited reads by identifier into a struct, one after the other",
            operation: "reads", operationCount: count,
            ours: { try await find(keys, in: collections.documents) },
            baseline: { collections.baseline.find(keys) })
    }

    private static func findAtOnce(
        _ collections: MongoBenchmarkCollections, tasks: Int, count: Int
    ) -> BenchmarkCase {
        let keys = BenchmarkTodo.keys(count)
        let parts = (0..<tasks).map { task in
            stride(from: task, to: count, by: tasks).map { keys[$0] }
        }
        return BenchmarkCase(
            id: "mongodb.find-one.concurrent\(tasks)",
            summary: "\(count) awaited reads by identifier into a struct, tasks: \(tasks), "
                + "on the usual connections, against as many threads and clients of C",
            operation: "reads", operationCount: count,
            ours: { try await sum(of: parts) { try await find($0, in: collections.documents) } },
            baseline: { collections.baseline.find(keys, threads: tasks) })
    }

    private static func find(
        _ keys: [Int64], in documents: DocumentCollection<MongoDatabase, MongoBenchmarkTodo>
    ) async throws -> Int64 {
        let id = Field<Int64>(.id)
        var sum: Int64 = 0
        for key in keys { sum += try await documents.first(id == key)?.checkSum ?? 0 }
        return sum
    }

    private static func insert(
        _ collections: MongoBenchmarkCollections, count: Int
    ) -> BenchmarkCase {
        let documents = zip(1...count, BenchmarkTodo.titles).map {
            MongoBenchmarkTodo(id: $0, title: $1, done: $0 % 2 == 1)
        }
        return BenchmarkCase(
            id: "mongodb.insert-many",
            summary: "\(count) structs in one call, against mongoc_collection_insert_many; "
                + "w: majority of one member, in its journal",
            operation: "documents", operationCount: count,
            reset: { try await collections.empty() },
            ours: { Int64(try await collections.emptied.insert(contentsOf: documents).inserted) },
            baseline: { collections.baseline.insert(collections.cTitles, count: count) })
    }

    private static func stream(_ collections: MongoBenchmarkCollections) -> BenchmarkCase {
        BenchmarkCase(
            id: "mongodb.stream",
            summary: "\(BenchmarkTodo.count) documents to structs, one by one, against a cursor "
                + "of C that reads each field",
            operation: "documents", operationCount: BenchmarkTodo.count,
            ours: {
                var sum: Int64 = 0
                for try await todo in collections.documents.find(.all) { sum += todo.checkSum }
                return sum
            },
            baseline: { collections.baseline.stream() })
    }
}
