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

    private let membership: Membership

    init(hub: ChannelHub, topic: ChannelHub.Topic, capacity: Int) {
        membership = Membership(hub: hub, topic: topic, capacity: capacity)
    }

    /// Begins reading.
    public func makeAsyncIterator() -> Iterator { Iterator(membership: membership) }

    /// Where one reader is.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let membership: Membership

        /// The next event, or `nil` when the subscription has ended.
        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(StorageError) -> ChannelEvent? {
            let membership = membership
            return await withTaskCancellationHandler {
                await membership.buffer.next()
            } onCancel: {
                membership.end()
            }
        }
    }
}

extension InMemorySubscription {
    /// A place in the hub, given up when nobody reads any more.
    fileprivate final class Membership: Sendable {
        let buffer: ChannelBuffer
        private let hub: ChannelHub
        private let topic: ChannelHub.Topic

        init(hub: ChannelHub, topic: ChannelHub.Topic, capacity: Int) {
            self.hub = hub
            self.topic = topic
            buffer = ChannelBuffer(capacity: capacity)
            hub.add(buffer, to: topic)
        }

        deinit { end() }

        func end() {
            hub.remove(buffer, from: topic)
            buffer.finish()
        }
    }
}
