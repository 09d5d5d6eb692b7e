import Testing

@testable import StorageKit

/// The race of design section 5, forced: a reader has read v0 and is held, a writer commits v1.
@Suite("A load that began before an invalidation", .timeLimit(.minutes(5)))
struct StaleFillTests {
    typealias Notes = CachedRepository<GatedPrimary, InMemoryCache<Int, Note>>

    enum Read: CaseIterable, Sendable {
        case one
        case batch

        /// Reads 1, in a batch with the other one: not the one that the held load still has.
        func callAsFunction(_ notes: Notes, with other: Int) async throws -> Note? {
            switch self {
            case .one: try await notes.get(1)
            case .batch: try await notes.get([1, other])[1]
            }
        }
    }

    enum Write: CaseIterable, Sendable {
        case replace, upsert, delete, otherRepository
        case foreignThenInvalidate, foreignThenBatchInvalidate
        case foreignThenCacheInvalidate, foreignThenCacheBatch, foreignThenRemoveAll
        case answerLost

        func callAsFunction(_ notes: Notes) async throws {
            let new = Note(id: 1, version: 1)
            switch self {
            case .replace: try await notes.replace(new)
            case .upsert: try await notes.upsert(new)
            case .delete: try await notes.delete(1)
            case .otherRepository:
                try await Notes(primary: notes.primary, cache: notes.cache).replace(new)
            case .answerLost:
                notes.primary.failWrites(.answerLost)
                await #expect(throws: StorageError.self) { try await notes.replace(new) }
            default:
                notes.primary.store(new)
                try await invalidate(notes)
            }
        }

        private func invalidate(_ notes: Notes) async throws {
            switch self {
            case .foreignThenInvalidate: try await notes.invalidate(1)
            case .foreignThenBatchInvalidate: try await notes.invalidate([1, 2])
            case .foreignThenCacheInvalidate: try await notes.cache.invalidate(1)
            case .foreignThenCacheBatch: notes.cache.invalidate([1])
            default: notes.cache.removeAll()
            }
        }
    }

    private let notes: Notes

    init() {
        // A lost answer has landed here: this suite is about what was read before it.
        var policy = CachePolicy()
        policy.unknownWriteTime = .zero
        notes = Notes(
            primary: GatedPrimary([Note(id: 1, version: 0), Note(id: 2, version: 0)]),
            cache: InMemoryCache(capacity: 10), policy: policy)
    }

    @Test(
        "returns to its caller, is not joined, and never gets into the cache",
        arguments: Read.allCases, Write.allCases)
    func staleFill(read: Read, write: Write) async throws {
        let gate = notes.primary.holdNextRead()
        let first = Task { [notes] in try await read(notes, with: 2) }
        await gate.waitForArrivals()

        try await write(notes)
        let expected = notes.primary.note(1)
        #expect(expected?.version != 0)
        #expect(
            try await read(notes, with: 3) == expected,
            "a reader after the invalidation sees the write")
        #expect(notes.cache.get(1)?.value == expected)

        gate.open()
        #expect(try await first.value == Note(id: 1, version: 0), "the first one asked before it")
        #expect(notes.cache.statistics.rejectedFills >= 1)
        #expect(notes.cache.get(1)?.value == expected)
        #expect(try await read(notes, with: 3) == expected)
        #expect(notes.cache.coordinator.flights.isIdle)
        #expect(notes.cache.loadCount == 0)
    }

    @Test("does not fill the cache even when nobody has read since")
    func staleFillIntoEmptyCache() async throws {
        let gate = notes.primary.holdNextRead()
        let first = Task { [notes] in try await notes.get(1) }
        await gate.waitForArrivals()
        try await notes.replace(Note(id: 1, version: 1))
        gate.open()
        #expect(try await first.value?.version == 0)
        #expect(notes.cache.get(1) == nil)
        #expect(notes.cache.statistics.rejectedFills == 1)
        #expect(notes.cache.statistics.published == 0)
    }

    @Test("and found nothing does not hide what was inserted since")
    func insertDuringLoad() async throws {
        let gate = notes.primary.holdNextRead()
        let first = Task { [notes] in try await notes.get(7) }
        await gate.waitForArrivals()
        try await notes.insert(Note(id: 7, version: 1))
        #expect(try await notes.get(7)?.version == 1)
        gate.open()
        #expect(try await first.value == nil)
        #expect(try await notes.read(7).source == .cache)
    }

    @Test("of a batch publishes the keys that were not invalidated")
    func partOfBatch() async throws {
        let gate = notes.primary.holdNextRead()
        let batch = Task { [notes] in try await notes.get([1, 2]) }
        await gate.waitForArrivals()
        try await notes.replace(Note(id: 1, version: 1))
        gate.open()
        #expect(try await batch.value[1]?.version == 0)
        #expect(notes.cache.get(1) == nil)
        #expect(notes.cache.get(2)?.value?.version == 0)
        #expect(notes.cache.statistics.rejectedFills == 1)
    }

    @Test("publishes when only another key was invalidated")
    func otherKey() async throws {
        let gate = notes.primary.holdNextRead()
        let first = Task { [notes] in try await notes.get(1) }
        await gate.waitForArrivals()
        try await notes.replace(Note(id: 2, version: 1))
        gate.open()
        _ = try await first.value
        #expect(notes.cache.get(1)?.value?.version == 0)
        #expect(notes.cache.statistics.rejectedFills == 0)
    }
}
