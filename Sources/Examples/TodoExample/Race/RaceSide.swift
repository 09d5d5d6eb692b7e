import StorageKit
import StorageKitTesting

/// One of the two ways to cache that run the race: what its actors call, and what was noted.
///
/// The readers and the writer may be two processes, each with a connection of its own to the
/// database's cache, so they have functions of their own.
struct RaceSide: Sendable {
    let name: String
    let timeline: Timeline
    /// Reads, as Ana, Cleo and the others do.
    let get: @Sendable (Int) async throws(StorageError) -> Todo?
    /// Writes, as Ben does.
    let replace: @Sendable (Todo) async throws(StorageError) -> Void
    /// Holds the next read of the database on its way back until the gate opens.
    let holdRead: @Sendable (Gate) -> Void
    /// How many values were kept out of the cache because they were old.
    let refusedFills: @Sendable () -> Int
}

extension RaceSide {
    /// Cache-aside by hand, in a key-value store.
    static func naive(
        _ table: some Repository<Todo, Int>, readers: some ExpiringKeyValueStore,
        writer: some ExpiringKeyValueStore
    ) -> Self {
        let timeline = Timeline()
        let table = FaultInjectingRepository(NarratedRepository(base: table, timeline: timeline))
        let reading = NaiveCacheAside(
            database: table, store: NarratedStore(base: readers, timeline: timeline))
        let writing = NaiveCacheAside(
            database: table, store: NarratedStore(base: writer, timeline: timeline))
        return RaceSide(
            name: "naive cache-aside", timeline: timeline,
            get: { id throws(StorageError) in try await reading.get(id) },
            replace: { todo throws(StorageError) in try await writing.replace(todo) },
            holdRead: { gate in table.inject(.holdAfter { await gate.pass() }, into: .get) },
            refusedFills: { 0 })
    }

    /// `CachedRepository`, in a cache that keeps the protocol.
    static func ours<Readers: Cache<String, Todo>, Writer: Cache<String, Todo>>(
        _ table: some Repository<Todo, Int>, readers: Readers, writer: Writer
    ) -> Self {
        let timeline = Timeline()
        let table = FaultInjectingRepository(NarratedRepository(base: table, timeline: timeline))
        let reading = CachedRepository(
            primary: table, cache: NarratedCache(base: readers, timeline: timeline),
            namespace: "todo", timeToLive: .seconds(60))
        let writing = CachedRepository(
            primary: table, cache: NarratedCache(base: writer, timeline: timeline),
            namespace: "todo", timeToLive: .seconds(60))
        return RaceSide(
            name: "CachedRepository", timeline: timeline,
            get: { id throws(StorageError) in try await reading.get(id) },
            replace: { todo throws(StorageError) in try await writing.replace(todo) },
            holdRead: { gate in table.inject(.holdAfter { await gate.pass() }, into: .get) },
            refusedFills: { readers.statistics.rejectedFills })
    }
}
