/// An operation on the hash under one key.
public enum HashOperation: Hashable, Sendable {
    /// Sets fields; answers how many are new, ``KeyValueReply/integer(_:)``.
    case set([HashField])
    /// Reads a field, ``KeyValueReply/value(_:)``.
    case get(ByteString)
    /// Reads fields by position, ``KeyValueReply/values(_:)``.
    case getMany([ByteString])
    /// Reads every field, ``KeyValueReply/fields(_:)``.
    case getAll
    /// Adds to a field's integer, ``KeyValueReply/integer(_:)``.
    case increment(ByteString, by: Int64)
    /// Adds to a field's number, ``KeyValueReply/number(_:)``.
    case incrementFloat(ByteString, by: Double)
    /// Deletes fields; answers how many there were, ``KeyValueReply/integer(_:)``.
    case delete([ByteString])
    /// Whether a field exists, ``KeyValueReply/flag(_:)``.
    case exists(ByteString)
    /// How many fields there are, ``KeyValueReply/integer(_:)``.
    case count
    /// Some of the fields, ``KeyValueReply/fieldPage(_:)``.
    case scan(ScanCursor?, limit: Int)
}
