/// Something that has happened in a collection.
public struct DocumentEvent<Entity: Sendable>: Sendable {
    /// What has happened.
    public enum Change: Sendable {
        /// This document is there.
        case inserted(Entity)
        /// This document is in the place of another one with its identifier.
        case replaced(Entity)
        /// A document was changed.
        ///
        /// With it, if that was asked for, comes the document as it is when the event is read,
        /// which may be later; `nil` when it is there no more.
        case updated(DocumentUpdateDescription, now: Entity?)
        /// The document is there no more.
        case deleted
        /// The collection is there no more under its name: it was dropped, alone or with its
        /// database, or renamed. The feed ends here; one that begins behind this event tells what
        /// becomes of a new collection of that name.
        case dropped
    }

    /// Where a feed goes on behind this event.
    public let position: DocumentFeedPosition
    /// The identifier of the document; null for what is no document's.
    public let id: DocumentValue
    private let outcome: Result<Change, StorageError>

    /// Creates an event.
    ///
    /// - Parameters:
    ///   - position: Where a feed goes on behind it.
    ///   - id: The identifier of the document.
    ///   - change: What has happened, or why it cannot be told.
    public init(
        position: DocumentFeedPosition, id: DocumentValue, change: Result<Change, StorageError>
    ) {
        self.position = position
        self.id = id
        outcome = change
    }

    /// What has happened.
    ///
    /// - Throws: ``StorageError/Code/decodingFailed`` when the document is none of the type. The
    ///   feed goes on all the same, and ``position`` and ``id`` are known.
    public var change: Change {
        get throws(StorageError) { try outcome.get() }
    }
}
