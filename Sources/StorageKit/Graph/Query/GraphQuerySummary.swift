/// What a query changed.
public struct GraphQuerySummary: Hashable, Sendable {
    /// How many nodes it made.
    public var nodesCreated: Int
    /// How many nodes it deleted.
    public var nodesDeleted: Int
    /// How many relationships it made.
    public var relationshipsCreated: Int
    /// How many relationships it deleted.
    public var relationshipsDeleted: Int
    /// How many properties got a value or lost theirs.
    public var propertiesSet: Int
    /// How many labels nodes got.
    public var labelsAdded: Int
    /// How many labels nodes lost.
    public var labelsRemoved: Int

    /// Counts; of what is not said, nothing.
    public init(
        nodesCreated: Int = 0, nodesDeleted: Int = 0, relationshipsCreated: Int = 0,
        relationshipsDeleted: Int = 0, propertiesSet: Int = 0, labelsAdded: Int = 0,
        labelsRemoved: Int = 0
    ) {
        self.nodesCreated = nodesCreated
        self.nodesDeleted = nodesDeleted
        self.relationshipsCreated = relationshipsCreated
        self.relationshipsDeleted = relationshipsDeleted
        self.propertiesSet = propertiesSet
        self.labelsAdded = labelsAdded
        self.labelsRemoved = labelsRemoved
    }

    /// Whether anything was changed.
    public var hasChanges: Bool { self != GraphQuerySummary() }
}
