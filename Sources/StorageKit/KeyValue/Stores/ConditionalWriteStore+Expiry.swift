extension ConditionalWriteStore where Self: ExpiringKeyValueStore {
    /// Writes a value that will vanish if there is no such key: a lock that frees itself.
    ///
    /// One round trip.
    ///
    /// - Returns: Whether it was written.
    @discardableResult
    public func setIfAbsent(
        _ key: ByteString, to value: ByteString, expires: KeyExpiration
    ) async throws(StorageError) -> Bool {
        try await perform(commands.setIfAbsent(key, to: value, expires: expires))
    }

    /// Writes a value and when it vanishes if there is such a key.
    ///
    /// One round trip.
    ///
    /// - Returns: Whether it was written.
    @discardableResult
    public func setIfPresent(
        _ key: ByteString, to value: ByteString, expires: KeyExpiration
    ) async throws(StorageError) -> Bool {
        try await perform(commands.setIfPresent(key, to: value, expires: expires))
    }

    /// Writes a value and when it vanishes if the key holds the expected one.
    ///
    /// One round trip.
    ///
    /// - Returns: Whether it was written.
    @discardableResult
    public func compareAndSet(
        _ key: ByteString, from expected: ByteString, to value: ByteString, expires: KeyExpiration
    ) async throws(StorageError) -> Bool {
        try await perform(commands.compareAndSet(key, from: expected, to: value, expires: expires))
    }

    /// Writes a value and when it vanishes, and returns the one it replaces, or `nil`.
    ///
    /// One round trip.
    ///
    /// - Throws: ``StorageError/Code/wrongType`` when the key holds another kind of value.
    @discardableResult
    public func exchange(
        _ key: ByteString, with value: ByteString, expires: KeyExpiration
    ) async throws(StorageError) -> ByteString? {
        try await perform(commands.exchange(key, with: value, expires: expires))
    }
}
