/// One write of a call that may have many.
public enum DocumentWrite<Entity: Sendable>: Sendable {
    /// A document that is not there yet.
    case insert(Entity)
    /// A document in place of the first one that matches; if none does, it is inserted or not.
    case replace(DocumentFilter, with: Entity, upsert: Bool = false)
    /// Changes of the first document that matches; if none does, one may be made of the filter's
    /// equalities and the changes.
    case updateOne(DocumentFilter, DocumentUpdate, upsert: Bool = false)
    /// Changes of every document that matches.
    case updateMany(DocumentFilter, DocumentUpdate, upsert: Bool = false)
    /// The first document that matches is removed.
    case deleteOne(DocumentFilter)
    /// Every document that matches is removed.
    case deleteMany(DocumentFilter)
}
