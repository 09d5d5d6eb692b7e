/// A store whose keys can vanish when their time has come.
///
/// Time is the store's own clock. A key whose time has come does not exist for any operation,
/// whether or not its memory is free already. An expiry belongs to the key: writing it with
/// ``KeyValueStore/set(_:to:)`` removes it, changing what it holds (a counter, a hash) does not.
///
/// Times to live are more than zero, no more than ``KeyValueLimits/maximumTimeToLive`` and rounded
/// up to ``KeyValueLimits/timeToLiveResolution``; others throw
/// ``StorageError/Code/invalidArgument`` or ``StorageError/Code/limitExceeded``.
public protocol ExpiringKeyValueStore: KeyValueStore {}

extension ExpiringKeyValueStore {
    /// Writes a value and when it vanishes, in one step.
    ///
    /// One round trip.
    public func set(
        _ key: ByteString, to value: ByteString, expires: KeyExpiration
    ) async throws(StorageError) {
        try await perform(commands.set(key, to: value, expires: expires))
    }

    /// How long a key still has.
    ///
    /// One round trip.
    public func timeToLive(of key: ByteString) async throws(StorageError) -> TimeToLive {
        try await perform(commands.timeToLive(of: key))
    }

    /// Lets a key vanish after this time, whatever expiry it had.
    ///
    /// One round trip.
    ///
    /// - Returns: Whether there is such a key.
    @discardableResult
    public func expire(_ key: ByteString, after time: Duration) async throws(StorageError) -> Bool {
        try await perform(commands.expire(key, after: time))
    }

    /// Makes a key stay until it is deleted.
    ///
    /// One round trip.
    ///
    /// - Returns: Whether there is such a key, and it had an expiry.
    @discardableResult
    public func persist(_ key: ByteString) async throws(StorageError) -> Bool {
        try await perform(commands.persist(key))
    }

    /// Reads a value and sets when it vanishes, in one step: a session that lives while it is used.
    ///
    /// One round trip.
    ///
    /// - Throws: ``StorageError/Code/wrongType`` when the key holds another kind of value.
    public func get(
        _ key: ByteString, expires: KeyExpiration
    ) async throws(StorageError) -> ByteString? {
        try await perform(commands.get(key, expires: expires))
    }
}
