import StorageKit

/// A thing of the scene's, as typed queries see it.
struct QueryThing: Codable, Hashable, Sendable {
    var id: Int
    var name: String
    var number: Int
    var parent: Int?
}

/// The scene's table.
struct QueryThings: TableDescription {
    typealias Row = QueryThing
    static let name = "thing"
    let id = TableColumn<Int>("id")
    let name = TableColumn<String>("name")
    let number = TableColumn<Int>("number")
    let parent = TableColumn<Int?>("parent")
}

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

extension QueryThing {
    /// Seven things: numbers that are the same and that differ, a parent or none, and names that
    /// would be patterns.
    static let seven = [
        QueryThing(id: 1, name: "Oak", number: 7, parent: nil),
        QueryThing(id: 2, name: "oak%", number: 3, parent: 1),
        QueryThing(id: 3, name: "o_k", number: 7, parent: 1),
        QueryThing(id: 4, name: "*a", number: 0, parent: nil),
        QueryThing(id: 5, name: "e\u{301}[k]", number: 12, parent: 3),
        QueryThing(id: 6, name: "\\\\'", number: 3, parent: nil),
        QueryThing(id: 7, name: "", number: 5, parent: 3),
    ]
}

extension RelationalScene {
    /// The scene with the seven things in it.
    func withSeven() async throws -> Self {
        try await store.execute(QueryThings.insert(QueryThing.seven))
        return self
    }

    /// Expects a condition to find the things for which it holds in Swift.
    func expect(_ condition: QueryCondition, among things: [QueryThing]) async throws {
        let query = QueryThings.all.filter(condition.predicate).order { [$0.id.ascending] }
        let found = try await store.query(query.select { $0.id }, limit: 1_000)
        try context.expectEqual(
            found, things.filter(condition.holds).map(\.id), "the things for \(condition.name)")
    }
}
