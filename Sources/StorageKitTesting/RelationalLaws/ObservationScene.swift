import StorageKit

/// What a law of observation works with: the relational scene, and a table `marker` whose changes
/// end a wait.
struct ObservationScene<Harness: RelationalHarness>: Sendable
where Harness.Subject: ChangeObservingStore {
    typealias Store = Harness.Subject

    let base: RelationalScene<Harness>

    var store: Store { base.store }
    var context: ConformanceContext { base.context }

    init(_ base: RelationalScene<Harness>) async throws(StorageError) {
        self.base = base
        try await base.store.execute("CREATE TABLE marker (number INTEGER NOT NULL)")
    }

    /// Observes tables, the marker among them unless other ones are named.
    func changes(
        _ tables: Set<String> = ["thing", "marker"]
    ) async throws(StorageError) -> Store.ChangeSequence {
        try await store.changes(in: tables)
    }

    /// The tables that are reported up to a change of the marker, without it.
    ///
    /// The marker is changed again until it is seen: a broken store may begin to observe later than
    /// it says, and a law has to come to its end all the same.
    func seen(by changes: Store.ChangeSequence) async throws -> Set<String> {
        try await whileRepeating("INSERT INTO marker VALUES (1)") { try await Self.read(changes) }
    }

    /// Runs the body, and a statement again and again until the body returns.
    func whileRepeating<Value: Sendable>(
        _ statement: SQL, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                while !Task.isCancelled {
                    // The last one may be cancelled, and is then of no interest.
                    _ = try? await store.execute(statement)
                    for _ in 0..<100 { await Task.yield() }
                }
                return nil
            }
            defer { group.cancelAll() }
            guard let value = try await group.next() ?? nil else { throw CancellationError() }
            return value
        }
    }

    private static func read(_ changes: Store.ChangeSequence) async throws -> Set<String> {
        var reader = changes.makeAsyncIterator()
        var seen: Set<String> = []
        while let event = try await reader.next(isolation: #isolation) {
            seen.formUnion(event.tables)
            if seen.remove("marker") != nil { break }
        }
        return seen
    }

    /// Expects these tables to be reported before a change that is made now.
    func expect(
        _ tables: Set<String>, by changes: Store.ChangeSequence, _ what: String
    ) async throws {
        let seen = try await seen(by: changes)
        try context.expectEqual(seen, tables, "the tables reported \(what)")
    }
}
