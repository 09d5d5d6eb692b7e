/// A value in a query's parameters or its results.
///
/// It is wider than ``GraphValue``, which is what a property can hold: a query also gives nulls,
/// maps, and what the graph is made of.
public enum GraphQueryValue: Hashable, Sendable {
    /// No value.
    case null
    /// What a property can hold.
    case value(GraphValue)
    /// Several values, in their order.
    case list([GraphQueryValue])
    /// Named values.
    case map([String: GraphQueryValue])
    /// A node.
    case node(GraphNode)
    /// A relationship.
    case relationship(GraphRelationship)
    /// A way through the graph.
    case path(GraphPath)
}
