/// Where a ``SharedCache`` keeps its records: the contract between the cache and a server.
///
/// A storage keeps one ``SharedCacheRecord`` under each key, the ``SharedCacheEpoch`` and which
/// clearing was the last of each tag, under the ``SharedCacheNames`` of its namespace. It knows no
/// values and no codecs: keys and payloads are bytes.
///
/// ## What must appear true
///
/// * **The same steps.** Each call does, for each of its keys, what the function of
///   ``SharedCacheRecord`` with the same name says, in one atomic step for each key: nobody's step
///   on the same key comes in between. Several keys are no snapshot.
/// * **One clock.** ``SharedCacheMoment/now`` is the storage's. A key vanishes at its
///   ``SharedCacheRecord/end``.
/// * **Foreign bytes are absent**: they are read as nothing and may be overwritten.
/// * **A generation that is missing** is replaced by a new one before anything is registered, and
///   so is one whose tags were lost.
/// * **It may forget** any key at any moment, and never brings one back. A replica that lags, or is
///   made the primary without what was acknowledged, does bring keys back: read and write through
///   the primary, and know that a failover is the one event that no shared cache can see.
/// * **Told in time.** If it has ``signals()``, every change that ended a load or invalidated
///   something was told when the call returns.
///
/// Round trips: one for each call, unless the storage's own page says otherwise.
///
/// ## Errors
///
/// Whatever the server says, as a ``StorageError``. A call that throws may have had its effect, on
/// some of its keys perhaps; that is harmless to everything above.
public protocol SharedCacheStorage: Sendable {
    /// What ``signals()`` returns.
    associatedtype Signals: AsyncSequence<CacheChannelEvent<ByteString>, StorageError> & Sendable

    /// What its keys and its channel are called.
    var names: SharedCacheNames { get }

    /// What is under the keys, each at the position of its key.
    ///
    /// As ``SharedCacheRecord/lookUp(_:leasing:at:)`` without a load; never
    /// ``SharedCacheFinding/leased`` and never ``SharedCacheFinding/unsure(_:)``. One round trip;
    /// a second for entries with tags since whose load tags were invalidated.
    func lookUp(_ keys: [ByteString]) async throws(StorageError) -> [SharedCacheFinding]

    /// What is under the keys; a load is registered where there is nothing.
    ///
    /// As ``SharedCacheRecord/lookUp(_:leasing:at:)`` with a load.
    func lookUp(
        leasing claims: [SharedCacheClaim], lasting leaseTime: Duration
    ) async throws(StorageError) -> [SharedCacheFinding]

    /// Registers loads, as ``SharedCacheRecord/beginLoad(_:_:unlessFreshFor:at:)``.
    func beginLoads(
        _ claims: [SharedCacheClaim], lasting leaseTime: Duration,
        unlessFreshFor demanded: Duration?
    ) async throws(StorageError) -> [SharedCacheFinding]

    /// Stores what loads found, as ``SharedCacheRecord/publish(_:_:_:at:)``, or ends them as
    /// ``SharedCacheRecord/abandon(_:_:at:)`` where there is no deposit.
    ///
    /// - Returns: For each at its position whether it was stored, or abandoned.
    func endLoads(_ endings: [SharedCacheEnding]) async throws(StorageError) -> [Bool]

    /// Invalidates keys, as ``SharedCacheRecord/invalidate(_:at:)``.
    ///
    /// A storage that was configured for a cache without barriers may delete the keys instead.
    func invalidate(_ keys: [ByteString]) async throws(StorageError)

    /// Sets barriers, as ``SharedCacheRecord/beginWrite(_:_:at:)``.
    func beginWrites(
        _ claims: [SharedCacheClaim], lasting duration: Duration
    ) async throws(StorageError)

    /// Ends barriers, as ``SharedCacheRecord/endWrite(_:_:_:at:)``.
    func endWrites(_ endings: [SharedCacheEnding]) async throws(StorageError)

    /// Records writes, as ``SharedCacheRecord/recordWrite(_:_:_:refusingOlderFor:at:)``.
    func recordWrites(
        _ commits: [SharedCacheCommit], refusingOlderFor duration: Duration
    ) async throws(StorageError)

    /// Begins a new generation: everything is cleared, in constant time.
    func removeAll() async throws(StorageError)

    /// Counts a clearing and notes it for each of the tags, in constant time for each.
    ///
    /// It may begin a new generation instead: when it does not know the tags of the present one any
    /// more, or knows so many that they cost too much.
    func invalidate(tags: [CacheTag]) async throws(StorageError)

    /// Deletes entries of generations that are over, which nobody can read any more.
    ///
    /// A page of keys after the other, in two round trips each; linear in the number of keys that
    /// the store has to look at, which may be all of it. What is cleared while it runs may stay.
    ///
    /// - Returns: How many were deleted.
    func removeOutdated() async throws(StorageError) -> Int

    /// Begins to listen; `nil` when the storage tells nothing.
    ///
    /// When it returns, what is told from now on will be heard, in the order in which it was told.
    /// It ends when the sequence and its iterators are gone, or the reading task is cancelled.
    func signals() async throws(StorageError) -> Signals?

    /// Tells something to all who listen; nothing when nobody can.
    func tell(_ message: CacheMessage<ByteString>) async throws(StorageError)
}
