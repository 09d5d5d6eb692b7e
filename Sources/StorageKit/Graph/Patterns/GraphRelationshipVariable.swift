/// A relationship of a pattern, or a walk along several, and as what it is read.
///
/// ```swift
/// let follows = GraphRelationshipVariable<Follows>()
/// let pattern = GraphPattern.match(me).expand(.outgoing, follows, to: other)
///     .filter(follows[Follows.since] < 2000)
/// ```
///
/// It stands for relationships of the entity's type, or of one of those that it was made with.
public struct GraphRelationshipVariable<Relationship: Sendable>: Sendable {
    /// Which variable it is.
    public let variable: GraphVariable
    /// The types that its relationships have one of; none stands for all.
    public let types: Set<RelationshipType>
    let decode: @Sendable (GraphRelationship) throws(StorageError) -> Relationship

    init(
        _ variable: GraphVariable, types: Set<RelationshipType>,
        _ decode: @escaping @Sendable (GraphRelationship) throws(StorageError) -> Relationship
    ) {
        self.variable = variable
        self.types = types
        self.decode = decode
    }

    /// Which relationship it is.
    public var id: GraphElementID<RelationshipID> {
        GraphElementID(variable) { RelationshipID($0) }
    }

    /// How many relationships it is: 1, or what ``GraphHops`` allows.
    public var length: GraphExpression<Int> { GraphExpression(.length(variable)) }

    /// The value of a property of it; only where it is one relationship and not a walk.
    public subscript<Value>(property: GraphProperty<Value>) -> GraphExpression<Value> {
        GraphExpression(.property(variable, property.key))
    }
}

extension GraphRelationshipVariable where Relationship == GraphRelationship {
    /// A relationship of one of these types; without any, any relationship.
    public init(_ types: RelationshipType..., name: String? = nil) {
        self.init(GraphVariable(name), types: Set(types)) { found throws(StorageError) in found }
    }
}
