/// How those who keep copies of a shared cache hear of its invalidations.
///
/// ``TieredCache`` listens to one. ``PublishedInvalidations`` makes one of any store that passes
/// messages on; a shared cache that tells of its invalidations by itself has its own: see
/// ``AnnouncingCache``.
///
/// ## What must appear true
///
/// * **In order.** If sending a message was over before the sending of another began, whoever sent
///   them, no listener hears the second without having heard the first or
///   ``CacheChannelEvent/interrupted`` instead. One node that hands messages on in the order it
///   got them does that; two nodes that tell each other need not.
/// * **Nothing lost in silence.** A listener that may have missed something hears
///   ``CacheChannelEvent/interrupted`` in its place, or its sequence ends.
/// * **Everyone hears.** The sender as well.
///
/// Not promised: that a message arrives within any time, or at all.
public protocol CacheInvalidationChannel<Key>: Sendable {
    /// What the entries are found by.
    associatedtype Key: Hashable & Sendable
    /// What ``listen()`` returns.
    associatedtype Events: AsyncSequence<CacheChannelEvent<Key>, StorageError> & Sendable

    /// Begins to listen.
    ///
    /// When it returns, what is sent from now on will be heard. It ends when the sequence and its
    /// iterators are gone, or the reading task is cancelled.
    func listen() async throws(StorageError) -> Events

    /// Sends a message to all who listen.
    ///
    /// One round trip. When it returns, the message has its place in the order. It returns soon
    /// after its task was cancelled.
    func send(_ message: CacheMessage<Key>) async throws(StorageError)
}
