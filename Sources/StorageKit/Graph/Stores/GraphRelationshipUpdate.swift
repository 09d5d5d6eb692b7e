/// What is to change of a relationship; what is not named stays.
///
/// Its ends and its type never change.
public struct GraphRelationshipUpdate: Hashable, Sendable {
    /// Properties that get a value, and those that lose theirs: `nil`.
    public var properties: [PropertyKey: GraphValue?]
    /// Whether properties that are not named go.
    public var replacesProperties: Bool

    /// Describes a change.
    public init(
        _ properties: [PropertyKey: GraphValue?] = [:], replacingProperties: Bool = false
    ) {
        self.properties = properties
        replacesProperties = replacingProperties
    }
}
