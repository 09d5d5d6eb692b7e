/// What a ``SharedCache`` tells of its invalidations, as a channel.
///
/// The storage tells of what it invalidates, so a ``TieredCache`` over it sends beats and nothing
/// else.
public struct SharedCacheInvalidations<
    Key: Hashable & Sendable, Storage: SharedCacheStorage
>: CacheInvalidationChannel {
    let storage: Storage
    let keys: any ValueCodec<Key>

    /// Subscribes.
    ///
    /// One round trip.
    ///
    /// - Throws: ``StorageError/Code/unsupported`` when the storage tells nothing.
    public func listen() async throws(StorageError) -> DecodedCacheEvents<Key, Storage.Signals> {
        guard let signals = try await storage.signals() else {
            throw StorageError(
                code: .unsupported,
                message: "the storage of this cache tells nothing: give two tiers a channel",
                operation: "listen")
        }
        return DecodedCacheEvents(base: signals, keys: keys)
    }

    /// Tells something on the storage's channel.
    ///
    /// One round trip.
    ///
    /// - Throws: ``StorageError/Code/encodingFailed`` when a key cannot be written, and whatever
    ///   the storage throws.
    public func send(_ message: CacheMessage<Key>) async throws(StorageError) {
        let message = try message.mapKeys { key throws(StorageError) in try keys.encode(key) }
        try await storage.tell(message)
    }
}
