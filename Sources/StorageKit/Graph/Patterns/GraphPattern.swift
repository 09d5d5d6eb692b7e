/// What is looked for in a graph: nodes, relationships between them, and what has to be true.
///
/// ```swift
/// let person = GraphNodeVariable<Person>(), other = GraphNodeVariable<Person>()
/// let card = GraphNodeVariable<Card>()
/// let pattern = GraphPattern.match(person, where: Person.city == "Berlin")
///     .expand(.outgoing, Uses.self, to: card)
///     .expand(.incoming, Uses.self, to: other)
///     .filter(person.isDifferent(from: other))
/// for try await (one, another) in store.matches(of: pattern, selecting: person, other) { … }
/// ```
///
/// It is a value that can be looked into and translated. A match gives every variable a node, a
/// relationship or a walk, so that all of the pattern is true of the graph. As in openCypher, **no
/// relationship is in a match twice**, nodes may be: with `person.isDifferent(from:)` they are not.
/// Parts that nothing connects are combined, each match of one with each of the other.
///
/// Then, in this order: what is selected is read, made distinct, ordered, skipped, limited.
///
/// Source: openCypher 9, "Patterns", "Uniqueness".
public struct GraphPattern: Hashable, Sendable {
    /// The nodes, each once.
    public var nodes: [GraphNodePattern]
    /// The relationships.
    public var relationships: [GraphRelationshipPattern]
    /// The paths that have a name.
    public var paths: [GraphPathPattern]
    /// What has to be true besides.
    public var condition: GraphCondition
    /// What is read of a match; `nil` for every variable's whole element.
    public var selection: [GraphSelection]?
    /// Whether matches of which the same is read count once.
    public var isDistinct: Bool
    /// The order, by the first that is different.
    public var order: [GraphOrder]
    /// How many are left out at the beginning.
    public var skip: Int
    /// How many at the most; `nil` for all.
    public var limit: Int?
    /// Where the next ``expand(_:hops:to:where:)`` goes on.
    var position: Position?

    /// The end of the chain that is being written.
    struct Position: Hashable, Sendable {
        var start: GraphVariable
        var end: GraphVariable
        var relationships: [Int] = []
    }

    /// A pattern of these parts.
    public init(
        nodes: [GraphNodePattern] = [], relationships: [GraphRelationshipPattern] = [],
        paths: [GraphPathPattern] = [], where condition: GraphCondition = .every([]),
        selecting selection: [GraphSelection]? = nil, isDistinct: Bool = false,
        order: [GraphOrder] = [], skip: Int = 0, limit: Int? = nil
    ) {
        self.nodes = nodes
        self.relationships = relationships
        self.paths = paths
        self.condition = condition
        self.selection = selection
        self.isDistinct = isDistinct
        self.order = order
        self.skip = skip
        self.limit = limit
    }

    /// What is read of a match, also where it is not said.
    public var columns: [GraphSelection] {
        if let selection { return selection }
        let variables =
            nodes.map(\.variable) + relationships.compactMap(\.variable) + paths.map(\.variable)
        return variables.map { .element($0) }
    }
}
