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
}
