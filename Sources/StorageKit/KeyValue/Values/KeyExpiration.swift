/// When a key that is being written is to vanish.
public enum KeyExpiration: Hashable, Sendable {
    /// It stays until it is deleted; an expiry that the key had is removed.
    case never
    /// It vanishes when this much time has passed, counted by the store's clock.
    ///
    /// More than zero, and no more than ``KeyValueLimits/maximumTimeToLive``. Rounded up to
    /// ``KeyValueLimits/timeToLiveResolution``.
    case after(Duration)
    /// It vanishes when it would have without the write; a new key stays.
    case unchanged
}
