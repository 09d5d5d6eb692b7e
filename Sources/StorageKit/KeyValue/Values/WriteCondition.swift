/// What must be true of a key for a conditional write to happen.
public enum WriteCondition: Hashable, Sendable {
    /// There is no such key.
    case absent
    /// There is such a key, with a value of any kind.
    case present
    /// The key holds exactly this value.
    case equal(to: ByteString)
}
