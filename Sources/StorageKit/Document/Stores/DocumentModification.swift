/// One document that is found, changed and given back, in one atomic step.
public struct DocumentModification<Entity: Sendable>: Sendable {
    /// What is done to the document.
    public enum Change: Sendable {
        /// It is changed.
        case update(DocumentUpdate)
        /// It is replaced.
        case replace(with: Entity)
        /// It is removed.
        case delete
    }

    /// Which of its states is given back.
    public enum Returning: Hashable, Sendable {
        /// The one before the change.
        case before
        /// The one after it; of a removed document there is none.
        case after
    }

    /// Which document: the first that matches.
    public var filter: DocumentFilter
    /// What makes it the first.
    public var order: [DocumentOrder]
    /// What is done to it.
    public var change: Change
    /// Whether a document is made if none matches.
    public var upsert: Bool
    /// Which of its states is given back.
    public var returning: Returning
    /// Which of its fields are given back.
    public var projection: DocumentProjection

    /// Creates a modification.
    public init(
        _ filter: DocumentFilter, _ change: Change, order: [DocumentOrder] = [],
        upsert: Bool = false, returning: Returning = .after,
        projection: DocumentProjection = .all
    ) {
        self.filter = filter
        self.order = order
        self.change = change
        self.upsert = upsert
        self.returning = returning
        self.projection = projection
    }
}
