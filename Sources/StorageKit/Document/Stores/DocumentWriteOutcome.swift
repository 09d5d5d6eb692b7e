/// What became of one write of a call that has many.
///
/// How many documents an update or a removal met is known for the whole call only: the server
/// counts them together.
public enum DocumentWriteOutcome: Sendable {
    /// A document with this identifier was inserted.
    case inserted(DocumentValue)
    /// No document matched, and one with this identifier was made.
    case upserted(DocumentValue)
    /// It was carried out.
    case done
    /// It was refused.
    case failed(StorageError)
    /// It was not tried, one before it having failed.
    case untried
}
