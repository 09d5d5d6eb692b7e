/// What a collection's documents have to look like, and which of them it is about.
public struct DocumentValidation: Hashable, Sendable {
    /// Which writes are looked at.
    public enum Level: Hashable, Sendable {
        /// Every write that changes a document.
        case strict
        /// All but changes of documents that break the schema already.
        case moderate
    }

    /// What the documents have to look like.
    public var schema: DocumentSchema
    /// Which writes are looked at.
    public var level: Level

    /// Creates a validation.
    public init(_ schema: DocumentSchema, level: Level = .strict) {
        self.schema = schema
        self.level = level
    }
}
