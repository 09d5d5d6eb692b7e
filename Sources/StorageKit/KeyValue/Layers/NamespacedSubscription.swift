/// A subscription whose channels are called as their namespace calls them.
public struct NamespacedSubscription<Base>: AsyncSequence, Sendable
where Base: AsyncSequence<ChannelEvent, StorageError> & Sendable {
    /// What goes wrong on the way.
    public typealias Failure = StorageError

    private let base: Base
    private let translation: KeyTranslation

    init(_ base: Base, translation: KeyTranslation) {
        self.base = base
        self.translation = translation
    }

    /// Begins reading.
    public func makeAsyncIterator() -> Iterator {
        Iterator(base: base.makeAsyncIterator(), translation: translation)
    }

    /// Where one reader is.
    public struct Iterator: AsyncIteratorProtocol {
        private var base: Base.AsyncIterator
        private let translation: KeyTranslation

        init(base: Base.AsyncIterator, translation: KeyTranslation) {
            self.base = base
            self.translation = translation
        }

        /// The next event, or `nil` when the subscription has ended.
        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(StorageError) -> ChannelEvent? {
            let event = try await base.next(isolation: actor)
            guard case .message(var message) = event else { return event }
            message.channel = translation.outer(message.channel)
            return .message(message)
        }
    }
}
