/// An operation on the list under one key.
public enum ListOperation: Hashable, Sendable {
    /// Adds values one after the other; answers the new length, ``KeyValueReply/integer(_:)``.
    case push([ByteString], ListEnd)
    /// Removes and returns the value at an end, ``KeyValueReply/value(_:)``.
    case pop(ListEnd)
    /// Removes and returns values from an end, ``KeyValueReply/elements(_:)``.
    case popMany(ListEnd, limit: Int)
    /// The values at these indexes, ``KeyValueReply/elements(_:)``.
    case range(Range<Int>)
    /// Removes the values at other indexes, ``KeyValueReply/done``.
    case trim(Range<Int>)
    /// Removes equal values from the first on; answers how many, ``KeyValueReply/integer(_:)``.
    case remove(ByteString, limit: Int?)
    /// How many values there are, ``KeyValueReply/integer(_:)``.
    case count
}
