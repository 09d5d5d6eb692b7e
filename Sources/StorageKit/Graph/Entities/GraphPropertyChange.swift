/// A change of one property: a piece of an update of a node or of a relationship.
public struct GraphPropertyChange: Hashable, Sendable {
    /// The property.
    public let key: PropertyKey
    /// The value that it gets; `nil` when it goes.
    public let value: GraphValue?

    /// Describes a change.
    public init(key: PropertyKey, value: GraphValue?) {
        self.key = key
        self.value = value
    }
}

extension GraphNodeUpdate {
    /// The changes together; of two of the same property, the later one.
    public init(_ changes: [GraphPropertyChange]) {
        self.init([PropertyKey: GraphValue?](changes))
    }
}

extension GraphRelationshipUpdate {
    /// The changes together; of two of the same property, the later one.
    public init(_ changes: [GraphPropertyChange]) {
        self.init([PropertyKey: GraphValue?](changes))
    }
}

extension [PropertyKey: GraphValue?] {
    fileprivate init(_ changes: [GraphPropertyChange]) {
        self.init(changes.map { ($0.key, $0.value) }) { _, later in later }
    }
}
