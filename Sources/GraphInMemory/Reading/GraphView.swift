public import StorageKit

/// One moment of a graph, to be read without `await`: for loops in which a suspension, or a copy of
/// a node, would cost more than the read.
///
/// ```swift
/// let view = try graph.snapshot().view
/// for neighbour in view.neighbours(of: ada, .outgoing("KNOWS")) {
///     if view.property("age", of: neighbour.node) == 36 { … }
/// }
/// ```
///
/// Nothing here is bounded by ``StorageKit/GraphLimits``, and nothing looks whether the task was
/// cancelled.
public struct GraphView: Sendable {
    private let moment: GraphMoment

    init(_ moment: GraphMoment) { self.moment = moment }

    var state: GraphState { moment.state }

    /// How many nodes there are; O(1).
    public var nodeCount: Int { state.nodeCount }

    /// How many relationships there are; O(1).
    public var relationshipCount: Int { state.relationshipCount }

    /// The node with this id, or `nil` when there is none.
    ///
    /// O(1) for each label and property.
    public func node(_ id: NodeID) -> GraphNode? { state.node(id).map { state.entity($0) } }

    /// The relationship with this id, or `nil` when there is none.
    ///
    /// O(1) for each property.
    public func relationship(_ id: RelationshipID) -> GraphRelationship? {
        RelationshipIndex(id).flatMap { state.entity($0) }
    }

    /// Whether there is a node with this id; O(1).
    public func contains(_ id: NodeID) -> Bool { state.node(id) != nil }

    /// Whether the node is there and has the label; O(1).
    public func has(_ label: GraphLabel, _ id: NodeID) -> Bool {
        guard let node = state.node(id), let label = state.labels.symbol(of: label) else {
            return false
        }
        return state.has(label, node)
    }

    /// One property of a node, without the others; O(1).
    public func property(_ key: PropertyKey, of id: NodeID) -> GraphValue? {
        guard let node = state.node(id), let key = state.keys.symbol(of: key) else { return nil }
        return state.property(key, of: node)
    }

    /// One property of a relationship, without the others; O(1).
    public func property(_ key: PropertyKey, of id: RelationshipID) -> GraphValue? {
        guard let relationship = state.relationship(id), let key = state.keys.symbol(of: key)
        else { return nil }
        return state.property(key, of: relationship)
    }

    /// How many relationships of a node there are to go along, as ``StorageKit/GraphReading`` says.
    public func degree(of node: NodeID, _ expansion: GraphExpansion) -> Int {
        state.degree(of: node, expansion)
    }

    /// A node's neighbours: one for each relationship, in no promised order.
    ///
    /// A node that is not there has none. It costs no array.
    public func neighbours(
        of id: NodeID, _ expansion: GraphExpansion
    ) -> some Sequence<GraphNeighbour> & Sendable {
        AdjacentNeighbours(
            state.adjacent(
                to: state.node(id) ?? state.nextNode, expansion.direction,
                types: state.symbols(of: expansion)))
    }

    /// The nodes that have the label, or all, in the order of their ids.
    public func nodes(labelled label: GraphLabel? = nil) -> some Sequence<NodeID> & Sendable {
        let symbol = label.map { state.labels.symbol(of: $0) }
        // A label that was never used has no nodes; there are none from the next place on.
        let first = symbol == .some(nil) ? state.nextNode : NodeIndex(0)
        return NodeIDs(state.nodes(labelled: symbol ?? nil, from: first))
    }
}

/// Neighbours in the ids of users.
struct AdjacentNeighbours<Base: Sequence<Adjacent> & Sendable>: Sequence, Sendable {
    private let base: Base

    init(_ base: Base) { self.base = base }

    struct Iterator: IteratorProtocol {
        fileprivate var base: Base.Iterator

        mutating func next() -> GraphNeighbour? { base.next()?.neighbour }
    }

    func makeIterator() -> Iterator { Iterator(base: base.makeIterator()) }
}

/// Nodes in the ids of users.
struct NodeIDs<Base: Sequence<NodeIndex> & Sendable>: Sequence, Sendable {
    private let base: Base

    init(_ base: Base) { self.base = base }

    struct Iterator: IteratorProtocol {
        fileprivate var base: Base.Iterator

        mutating func next() -> NodeID? { base.next()?.id }
    }

    func makeIterator() -> Iterator { Iterator(base: base.makeIterator()) }
}
