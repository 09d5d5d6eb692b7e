/// A store that writes only if what it holds is as expected: locks, leases, optimistic updates.
///
/// The condition is tested and the write made in one atomic step. ``setIfAbsent(_:to:)`` and
/// ``setIfPresent(_:to:)`` look at keys of every kind; those that compare or return a value throw
/// ``StorageError/Code/wrongType`` for a key that holds another kind.
public protocol ConditionalWriteStore: KeyValueStore {}

extension ConditionalWriteStore {
    /// Writes a value if there is no such key.
    ///
    /// One round trip.
    ///
    /// - Returns: Whether it was written.
    @discardableResult
    public func setIfAbsent(
        _ key: ByteString, to value: ByteString
    ) async throws(StorageError) -> Bool {
        try await perform(commands.setIfAbsent(key, to: value))
    }

    /// Writes a value if there is such a key, and removes an expiry it had.
    ///
    /// One round trip.
    ///
    /// - Returns: Whether it was written.
    @discardableResult
    public func setIfPresent(
        _ key: ByteString, to value: ByteString
    ) async throws(StorageError) -> Bool {
        try await perform(commands.setIfPresent(key, to: value))
    }

    /// Writes a value if the key holds the expected one, and removes an expiry it had.
    ///
    /// One round trip.
    ///
    /// - Returns: Whether it was written.
    @discardableResult
    public func compareAndSet(
        _ key: ByteString, from expected: ByteString, to value: ByteString
    ) async throws(StorageError) -> Bool {
        try await perform(commands.compareAndSet(key, from: expected, to: value))
    }

    /// Deletes a key if it holds the expected value: how the holder of a lock gives it back.
    ///
    /// One round trip.
    ///
    /// - Returns: Whether it was deleted.
    @discardableResult
    public func compareAndDelete(
        _ key: ByteString, from expected: ByteString
    ) async throws(StorageError) -> Bool {
        try await perform(commands.compareAndDelete(key, from: expected))
    }

    /// Writes a value and returns the one it replaces, or `nil`.
    ///
    /// One round trip.
    ///
    /// - Throws: ``StorageError/Code/wrongType`` when the key holds another kind of value.
    @discardableResult
    public func exchange(
        _ key: ByteString, with value: ByteString
    ) async throws(StorageError) -> ByteString? {
        try await perform(commands.exchange(key, with: value))
    }

    /// Deletes a key and returns the value it held, or `nil`.
    ///
    /// One round trip.
    ///
    /// - Throws: ``StorageError/Code/wrongType`` when the key holds another kind of value.
    @discardableResult
    public func take(_ key: ByteString) async throws(StorageError) -> ByteString? {
        try await perform(commands.take(key))
    }
}
