internal import StorageKit

/// Who has to confirm a write before a call returns.
///
/// Source: MongoDB's manual, "Write Concern".
public struct MongoWriteConcern: Hashable, Sendable {
    /// How many members.
    public enum Members: Hashable, Sendable {
        /// As many as are a majority: no failover loses the write.
        case majority
        /// So many, at least one.
        case count(Int)
    }

    /// How many members.
    public var members: Members
    /// Whether they have it in their journal, on disk; `nil` for what the server is set to.
    public var journal: Bool?
    /// How long they are waited for; then the call throws
    /// ``/StorageKit/StorageError/Code/timedOut``, and the write is done all the same.
    public var timeout: Duration?

    /// Creates a concern.
    public init(_ members: Members, journal: Bool? = nil, timeout: Duration? = nil) {
        self.members = members
        self.journal = journal
        self.timeout = timeout
    }

    /// A majority of the members.
    public static let majority = MongoWriteConcern(.majority)

    /// As an option of a command.
    var document: Document {
        var document: Document =
            switch members {
            case .majority: ["w": "majority"]
            case .count(let count): ["w": .int32(Int32(clamping: max(1, count)))]
            }
        if let journal { document["j"] = .bool(journal) }
        if let timeout { document["wtimeout"] = .int32(timeout.mongoMilliseconds) }
        return document
    }
}
