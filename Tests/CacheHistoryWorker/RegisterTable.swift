import StorageKit
import Synchronization

/// The primary store of the histories: registers whose versions the database counts, in the order
/// of its commits.
///
/// The version that a write is given reaches its caller, past whatever stands in between, by the
/// task-local ``Receipt``.
struct RegisterTable<Store: RelationalStore>: Repository {
    let store: Store

    let limits = RepositoryLimits(maximumBatchSize: 100, maximumPageSize: 100)

    func makeTable() async throws(StorageError) {
        try await store.execute(
            "CREATE TABLE register (id BIGINT PRIMARY KEY, version BIGINT NOT NULL)")
    }

    func get(_ id: Int) async throws(StorageError) -> Register? {
        let version = try await store.first(
            "SELECT version FROM register WHERE id = \(id)", as: Int.self)
        return version.map { Register(id: id, version: $0) }
    }

    func get(_ ids: [Int]) async throws(StorageError) -> [Int: Register] {
        guard let low = ids.min(), let high = ids.max() else { return [:] }
        let rows = try await store.query(
            "SELECT id, version FROM register WHERE id BETWEEN \(low) AND \(high)",
            as: (Int, Int).self, limit: 1000)
        return rows.reduce(into: [:]) { found, row in
            if ids.contains(row.0) { found[row.0] = Register(id: row.0, version: row.1) }
        }
    }

    /// Counts the version up, whatever the register given says.
    func upsert(_ register: Register) async throws(StorageError) {
        let version = try await store.first(
            """
            INSERT INTO register (id, version) VALUES (\(register.id), 1)
            ON CONFLICT (id) DO UPDATE SET version = register.version + 1 RETURNING version
            """, as: Int.self)
        guard let version else {
            throw StorageError(code: .internalError, message: "a write without a version")
        }
        Receipt.current?.version.store(version, ordering: .relaxed)
    }

    func insert(_ register: Register) async throws(StorageError) { try await upsert(register) }

    func replace(_ register: Register) async throws(StorageError) { try await upsert(register) }

    func delete(_ id: Int) async throws(StorageError) -> Bool {
        throw StorageError(code: .unsupported, message: "a register stays, so that it can count")
    }

    func scan(after id: Int?, limit: Int) async throws(StorageError) -> Page<Register, Int> {
        try limits.checkPage(limit: limit)
        let rows = try await store.query(
            """
            SELECT id, version FROM register WHERE id > \(id ?? -1) ORDER BY id LIMIT \(limit)
            """, as: (Int, Int).self, limit: limit)
        return Page(rows.map { Register(id: $0.0, version: $0.1) }, limit: limit)
    }
}

/// Where a write leaves the version that it was given.
final class Receipt: Sendable {
    @TaskLocal static var current: Receipt?

    let version = Atomic(0)

    /// Runs a write; returns the version that the primary gave it, zero if it gave none.
    static func of(_ write: () async throws(StorageError) -> Void) async throws -> Int {
        let receipt = Receipt()
        try await $current.withValue(receipt) { try await write() }
        return receipt.version.load(ordering: .relaxed)
    }
}
