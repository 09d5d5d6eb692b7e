internal import StorageKit

/// One step of a write: what is applied to the state, and what the log holds.
///
/// There is no other way to change a state, so that what recovery replays is what was executed.
enum GraphChange: Hashable, Sendable {
    /// Gives the name the next symbol.
    case defineLabel(GraphLabel)
    case defineType(RelationshipType)
    case defineKey(PropertyKey)

    /// The index is the state's next: ``GraphState/nextNode``.
    case createNode(NodeIndex, labels: [LabelSymbol])
    case addLabel(NodeIndex, LabelSymbol)
    case removeLabel(NodeIndex, LabelSymbol)
    /// `nil` takes the value away.
    case setNodeProperty(NodeIndex, KeySymbol, GraphValue?)
    /// The node has no relationships any more.
    case deleteNode(NodeIndex)

    /// The index is the state's next: ``GraphState/nextRelationship``.
    case createRelationship(RelationshipIndex, RelationshipEnds)
    case setRelationshipProperty(RelationshipIndex, KeySymbol, GraphValue?)
    case deleteRelationship(RelationshipIndex)

    case createIndex(GraphIndex)
    case dropIndex(GraphIndex)
}
