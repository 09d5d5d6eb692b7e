import StorageKit

struct Person: GraphNodeEntity, Hashable {
    static let label: GraphLabel = "Person"
    static let name = GraphProperty<String>("name")
    static let city = GraphProperty<String>("city")
    static let age = GraphProperty<Int>("age")

    var name: String
    var city: String?
    var age: Int?
}

struct Card: GraphNodeEntity, Hashable {
    static let label: GraphLabel = "Card"
    static let number = GraphProperty<Int>("number")

    var number: Int
}

struct Uses: GraphRelationshipEntity, Hashable {
    static let type: RelationshipType = "USES"
    static let since = GraphProperty<Int>("since")

    var since: Int
}

struct Follows: GraphRelationshipEntity, Hashable {
    static let type: RelationshipType = "FOLLOWS"
    static let since = GraphProperty<Int>("since")

    var since: Int?
}

extension PlainGraph {
    /// Ada, Bo and Cy share cards; who follows whom is a circle with a tail.
    static func people() throws -> PlainGraph {
        var graph = PlainGraph()
        try graph.node(["Person"], ["name": "Ada", "city": "Berlin", "age": 36])
        try graph.node(["Person"], ["name": "Bo", "city": "Berlin", "age": 30])
        try graph.node(["Person"], ["name": "Cy", "city": "Paris", "age": 41])
        try graph.node(["Person"], ["name": "Di"])
        try graph.node(["Card"], ["number": 1])
        try graph.node(["Card"], ["number": 2])
        try graph.relate(0, "USES", 4, ["since": 2001])
        try graph.relate(1, "USES", 4, ["since": 2002])
        try graph.relate(1, "USES", 5, ["since": 2003])
        try graph.relate(2, "USES", 5, ["since": 2004])
        try graph.relate(0, "FOLLOWS", 1, ["since": 1])
        try graph.relate(1, "FOLLOWS", 2, ["since": 2])
        try graph.relate(2, "FOLLOWS", 0, ["since": 3])
        try graph.relate(2, "FOLLOWS", 3)
        return graph
    }
}
