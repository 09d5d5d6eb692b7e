/// What a key-value store answers to a ``KeyValueOperation``.
public enum KeyValueReply: Hashable, Sendable {
    /// It is done; there is nothing to say.
    case done
    /// A value, or that there is none.
    case value(ByteString?)
    /// Values by position, `nil` where there is none.
    case values([ByteString?])
    /// A counter, or how many.
    case integer(Int64)
    /// A rank, or that there is none.
    case position(Int?)
    /// A number, or that there is none.
    case number(Double?)
    /// Yes or no.
    case flag(Bool)
    /// The fields of a hash.
    case fields([ByteString: ByteString])
    /// Members of a sorted set, in the order asked for.
    case members([ScoredMember])
    /// Elements of a list in their order, or of a set in none.
    case elements([ByteString])
    /// How long a key still has.
    case timeToLive(TimeToLive)
    /// Some of the keys or members that a scan visits.
    case elementPage(ScanPage<ByteString>)
    /// Some of the fields that a scan visits.
    case fieldPage(ScanPage<HashField>)
}
