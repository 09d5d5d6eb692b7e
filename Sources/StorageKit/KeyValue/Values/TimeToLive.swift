/// How long a key still has.
public enum TimeToLive: Hashable, Sendable {
    /// There is no such key.
    case absent
    /// The key stays until it is deleted.
    case unlimited
    /// The key vanishes after this much time, rounded to the store's resolution.
    case remaining(Duration)
}
