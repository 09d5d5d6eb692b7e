public import StorageKit

/// What is published on channels of an ``InMemoryKeyValueStore`` from the moment it was made.
///
/// Messages wait in a buffer. When the reader is so slow that it is full, the oldest are dropped
/// and the reader is told with ``StorageKit/ChannelEvent/dropped(_:)`` before the next message.
/// There is no connection that could be lost.
///
/// It ends when it and its iterators are gone, when the task that reads is cancelled, or when the
/// store is gone. Iterators share it: each event goes to one of them.
public struct InMemorySubscription: AsyncSequence, Sendable {
    /// What is read.
    public typealias Element = ChannelEvent
    /// Nothing goes wrong in memory; the protocol's type.
    public typealias Failure = StorageError

    private let lease: ChannelHub.Lease

    init(_ lease: ChannelHub.Lease) { self.lease = lease }

    /// Begins reading.
    public func makeAsyncIterator() -> Iterator { Iterator(lease: lease) }

    /// Where one reader is.
    public struct Iterator: AsyncIteratorProtocol {
        let lease: ChannelHub.Lease

        /// The next event, or `nil` when the subscription has ended.
        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(StorageError) -> ChannelEvent? {
            try await lease.next()
        }
    }
}
