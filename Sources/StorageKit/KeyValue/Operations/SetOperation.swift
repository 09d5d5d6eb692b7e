/// An operation on the set under one key.
public enum SetOperation: Hashable, Sendable {
    /// Adds members; answers how many are new, ``KeyValueReply/integer(_:)``.
    case add([ByteString])
    /// Removes members; answers how many there were, ``KeyValueReply/integer(_:)``.
    case remove([ByteString])
    /// Whether something is a member, ``KeyValueReply/flag(_:)``.
    case contains(ByteString)
    /// Every member, ``KeyValueReply/elements(_:)``.
    case members
    /// How many members there are, ``KeyValueReply/integer(_:)``.
    case count
    /// Some of the members, ``KeyValueReply/elementPage(_:)``.
    case scan(ScanCursor?, limit: Int)
}
