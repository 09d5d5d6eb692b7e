import StorageKit

/// A condition in two forms: for the database, and for Swift.
struct QueryCondition: Sendable {
    let name: String
    let predicate: @Sendable (TableReference<QueryThings>) -> SQLPredicate
    let holds: @Sendable (QueryThing) -> Bool

    init(
        _ name: String,
        _ predicate: @escaping @Sendable (TableReference<QueryThings>) -> SQLPredicate,
        _ holds: @escaping @Sendable (QueryThing) -> Bool
    ) {
        self.name = name
        self.predicate = predicate
        self.holds = holds
    }
}

extension RelationalScene {
    /// Expects a condition to find the things for which it holds in Swift.
    func expect(_ condition: QueryCondition, among things: [QueryThing]) async throws {
        let query = QueryThings.all.filter(condition.predicate).order { [$0.id.ascending] }
        let found = try await store.query(query.select { $0.id }, limit: 1_000)
        try context.expectEqual(
            found, things.filter(condition.holds).map(\.id), "the things for \(condition.name)")
    }
}
