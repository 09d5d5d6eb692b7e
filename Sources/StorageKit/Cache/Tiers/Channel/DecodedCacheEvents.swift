/// What is heard about a shared cache, with its keys as they were before they were written.
///
/// A key that cannot be read may be any key, so a message with one counts as an interruption. Ends
/// of loads are not heard here.
public struct DecodedCacheEvents<
    Key: Hashable & Sendable,
    Base: AsyncSequence<CacheChannelEvent<ByteString>, StorageError> & Sendable
>: AsyncSequence, Sendable {
    /// What goes wrong on the way.
    public typealias Failure = StorageError

    let base: Base
    let keys: any ValueCodec<Key>

    /// Begins to hear.
    public func makeAsyncIterator() -> Iterator {
        Iterator(base: base.makeAsyncIterator(), keys: keys)
    }

    /// Where one listener is.
    public struct Iterator: AsyncIteratorProtocol {
        var base: Base.AsyncIterator
        let keys: any ValueCodec<Key>

        /// The next event, or `nil` when the subscription has ended.
        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(StorageError) -> CacheChannelEvent<Key>? {
            while let event = try await base.next(isolation: actor) {
                guard case .message(let message) = event else { return .interrupted }
                if case .loadsEnded = message.content { continue }
                guard let message = decoded(message) else { return .interrupted }
                return .message(message)
            }
            return nil
        }

        private func decoded(_ message: CacheMessage<ByteString>) -> CacheMessage<Key>? {
            try? message.mapKeys { bytes throws(StorageError) in try keys.decode(bytes) }
        }
    }
}
