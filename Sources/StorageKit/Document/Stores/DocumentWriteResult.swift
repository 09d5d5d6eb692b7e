/// What the writes of a call did.
public struct DocumentWriteResult: Sendable {
    /// How many documents were inserted, upserts not counted.
    public var inserted = 0
    /// How many documents were found by replacements and updates.
    public var matched = 0
    /// How many of them are other than they were.
    public var modified = 0
    /// How many documents were removed.
    public var deleted = 0
    /// The identifiers of inserted documents, by the place of their write.
    public var insertedIDs: [Int: DocumentValue] = [:]
    /// The identifiers of documents that were made by upserts, by the place of their write.
    public var upsertedIDs: [Int: DocumentValue] = [:]
    /// Why writes failed, by their place.
    public var errors: [Int: StorageError] = [:]
    /// Where the writes begin that were not tried, an ordered call having failed before.
    public var firstUntried: Int?

    /// Creates a result of nothing.
    public init() {}

    /// What became of the write at a place.
    public func outcome(at place: Int) -> DocumentWriteOutcome {
        if let error = errors[place] { return .failed(error) }
        if let firstUntried, place >= firstUntried { return .untried }
        if let id = insertedIDs[place] { return .inserted(id) }
        if let id = upsertedIDs[place] { return .upserted(id) }
        return .done
    }
}
