/// What is to change of a node; what is not named stays.
public struct GraphNodeUpdate: Hashable, Sendable {
    /// Properties that get a value, and those that lose theirs: `nil`.
    public var properties: [PropertyKey: GraphValue?]
    /// Labels that it gets.
    public var addedLabels: Set<GraphLabel>
    /// Labels that it loses; one that is in both is there afterwards.
    public var removedLabels: Set<GraphLabel>
    /// Whether properties that are not named go.
    public var replacesProperties: Bool

    /// Describes a change.
    public init(
        _ properties: [PropertyKey: GraphValue?] = [:], addingLabels: Set<GraphLabel> = [],
        removingLabels: Set<GraphLabel> = [], replacingProperties: Bool = false
    ) {
        self.properties = properties
        addedLabels = addingLabels
        removedLabels = removingLabels
        replacesProperties = replacingProperties
    }
}
