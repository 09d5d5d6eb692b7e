import StorageKit
import StorageKitInMemory
import StorageKitTesting
import Synchronization
import Testing

@Suite("The policy for queries that no index serves")
struct ScanPolicyTests {
    typealias Guarded = ScanPolicyDocumentStore<CountingStore>

    private static let a = DocumentFilter.field("a", .equal(1))

    /// A store that fails, and what counts the questions beneath it.
    private static func make(
        _ policy: ScanPolicy = .fail, maximumShapes: Int = 1_000,
        clock: some Clock<Duration> = ManualClock()
    ) async throws -> (DocumentCollection<Guarded, Document>, CountingStore) {
        let counting = CountingStore(InMemoryDocumentStore())
        let store = ScanPolicyDocumentStore(
            counting, policy, lifetime: .seconds(60), maximumShapes: maximumShapes, clock: clock)
        let things = DocumentCollection("things", of: Document.self, in: store)
        try await things.insert(contentsOf: (0..<5).map { ["_id": .int64($0), "a": .int64($0)] })
        return (things, counting)
    }

    @Test("refuses whatever looks for documents without an index, and names the fields, no values")
    func refuses() async throws {
        let (things, _) = try await Self.make()
        let filter = DocumentFilter.field("a", .equal("secret")) && .field("b.c", .exists(true))
        let calls: [(String, () async throws -> Void)] = [
            ("find", { for try await _ in things.find(filter) {} }),
            ("first", { _ = try await things.first(filter) }),
            ("count", { _ = try await things.count(filter) }),
            ("distinct", { _ = try await things.distinct(Field("a"), where: filter) }),
            ("write", { try await things.updateMany(filter, [.set("x", 1)]) }),
            ("write", { try await things.updateOne(filter, [.set("x", 1)]) }),
            ("write", { try await things.replace(filter, with: [:]) }),
            ("write", { try await things.deleteOne(filter) }),
            ("write", { _ = try await things.write([.insert(["_id": 9]), .deleteMany(filter)]) }),
            ("modify", { _ = try await things.modify(.init(filter, .delete)) }),
        ]
        for (operation, call) in calls {
            let error = try await #require(throws: StorageError.self) { try await call() }
            #expect(error.code == .missingIndex && error.operation == operation)
            #expect(!error.isRetryable && !error.mayHaveBeenApplied)
            #expect(error.message.hasPrefix("no index of things serves a filter by a, b.c; "))
            #expect(!error.description.contains("secret"))
        }
        #expect(try await things.count(.all) == 5)
        let order = try await #require(throws: StorageError.self) {
            _ = try await things.first(.all, order: DocumentOrder("a", .descending))
        }
        #expect(order.message.hasPrefix("no index of things serves the order of a descending; "))
    }

    @Test("asks nobody about identifiers, all documents, none, and writes without a filter")
    func noQuestion() async throws {
        let (things, counting) = try await Self.make()
        let id = DocumentFilter.field(.id, .equal(1))
        for filter in [.all, id, id && Self.a, .either([]), .field(.id, .oneOf([1, 2]))] {
            _ = try await things.count(filter)
        }
        try await things.updateMany(.all, [.set("x", 1)])
        try await things.updateOne(id, [.set("a", 3)])
        _ = try await things.first(id, order: DocumentOrder("a"))
        try await things.deleteMany(.all)
        #expect(counting.count == 0)
    }

    @Test("asks once for each kind of query, whatever its values, until the time is over")
    func remembers() async throws {
        let clock = ManualClock()
        let (things, counting) = try await Self.make(clock: clock)
        try await things.createIndexes(DocumentIndex(DocumentOrder("a")))
        for number in Int64(0)..<3 {
            _ = try await things.count(.field("a", .equal(.int64(number))))
        }
        #expect(counting.count == 1)
        _ = try await things.first(Self.a)
        #expect(counting.count == 1)
        _ = try await things.first(Self.a, order: DocumentOrder("a"))
        _ = try await things.count(.field("a", .less(1)))
        _ = try await things.count(.field("a", .equal(true)))
        #expect(counting.count == 4)
        clock.advance(by: .seconds(59))
        _ = try await things.count(Self.a)
        #expect(counting.count == 4)
        clock.advance(by: .seconds(1))
        _ = try await things.count(Self.a)
        #expect(counting.count == 5)
    }

    @Test("forgets what it knows of a collection when its indexes change, or it is dropped")
    func forgets() async throws {
        let (things, counting) = try await Self.make()
        func isRefused() async -> Bool {
            do throws(StorageError) {
                _ = try await things.count(Self.a)
                return false
            } catch {
                #expect(error.code == .missingIndex)
                return true
            }
        }
        #expect(await isRefused())
        #expect(await isRefused())
        #expect(counting.count == 1)
        try await things.createIndexes(DocumentIndex(DocumentOrder("a")))
        #expect(await !isRefused())
        try await things.dropIndex(named: "a_1")
        #expect(await isRefused())
        #expect(counting.count == 3)
        try await things.drop()
        try await things.insert(["a": 1])
        #expect(await isRefused())
        #expect(counting.count == 4)
    }

    @Test("remembers so many kinds, and forgets the oldest for a new one")
    func bounded() async throws {
        let clock = ManualClock()
        let (things, counting) = try await Self.make(.warn { _ in }, maximumShapes: 2, clock: clock)
        for path: DocumentPath in ["a", "b", "c", "b", "c", "a"] {
            _ = try await things.count(.field(path, .equal(1)))
            clock.advance(by: .seconds(1))
        }
        // a, b, c and then a again.
        #expect(counting.count == 4)
    }

    @Test("tells the program once of each kind of query, and runs it")
    func warns() async throws {
        let seen = Mutex<[UnindexedScan]>([])
        let (things, _) = try await Self.make(.warn { scan in seen.withLock { $0.append(scan) } })
        for number in Int64(0)..<3 {
            #expect(try await things.count(.field("a", .equal(.int64(number)))) == 1)
        }
        _ = try await things.first(.all, order: DocumentOrder("b"))
        let scans = seen.withLock(\.self)
        #expect(scans.map(\.collection) == ["things", "things"])
        #expect(scans.map(\.filterPaths) == [["a"], []])
        #expect(scans.map(\.order) == [[], [DocumentOrder("b")]])
        #expect(scans.allSatisfy { $0.plan.scansCollection })
    }

    @Test("does not remember what was found out before the indexes changed")
    func races() async throws {
        let counting = CountingStore(InMemoryDocumentStore())
        let store = ScanPolicyDocumentStore(counting, .fail, clock: ManualClock())
        let things = DocumentCollection("things", of: Document.self, in: store)
        try await things.createIndexes(DocumentIndex(DocumentOrder("a")))
        try await things.insert(["a": 1])
        // While the store beneath is asked, somebody drops the index through the layer.
        counting.meanwhile.withLock {
            $0 = { try? await store.dropIndex(named: "a_1", on: "things") }
        }
        #expect(try await things.count(Self.a) == 1)
        let error = try await #require(throws: StorageError.self) {
            _ = try await things.count(Self.a)
        }
        #expect(error.code == .missingIndex)
    }

    @Test("hands everything on that it allows")
    func allows() async throws {
        let (things, counting) = try await Self.make(.allow)
        #expect(try await things.count(Self.a) == 1)
        #expect(counting.count == 0)
    }

    @Test(
        "keeps the contract of document stores and of indexes",
        arguments: DocumentLaws.cases(for: WarnedHarness.self)
            + DocumentLaws.indexCases(for: WarnedHarness.self)
            + DocumentLaws.explainCases(for: WarnedHarness.self))
    func keeps(law: ConformanceCase<WarnedHarness>) async {
        let verdict = await ConformanceRunner(harness: WarnedHarness(), seed: testSeed).run(law)
        #expect(verdict == .passed, "\(verdict)")
    }
}

/// Stores that tell of scans, and do as those beneath.
struct WarnedHarness: DocumentHarness {
    func makeSubject() async throws -> ScanPolicyDocumentStore<InMemoryDocumentStore> {
        ScanPolicyDocumentStore(
            try await InMemoryDocumentHarness().makeSubject(), .warn { _ in })
    }
}

/// A store that counts how often it was asked to explain.
final class CountingStore: DocumentWrapper, ExplainingDocumentStore, IndexedDocumentStore {
    let base: InMemoryDocumentStore
    private let asked = Mutex(0)
    /// What happens once between the answer of the store beneath and this one's.
    let meanwhile = Mutex<(@Sendable () async -> Void)?>(nil)
    var count: Int { asked.withLock(\.self) }
    init(_ base: InMemoryDocumentStore) { self.base = base }

    func explain(
        _ query: DocumentQuery, in collection: String
    ) async throws(StorageError) -> DocumentPlan {
        asked.withLock { $0 += 1 }
        let plan = try await base.explain(query, in: collection)
        if let body = meanwhile.withLock({ $0.take() }) { await body() }
        return plan
    }

    func indexes(of collection: String) async throws(StorageError) -> [DocumentIndex] {
        try await base.indexes(of: collection)
    }

    func createIndexes(
        _ indexes: [DocumentIndex], on collection: String
    ) async throws(StorageError) { try await base.createIndexes(indexes, on: collection) }

    func dropIndex(named name: String, on collection: String) async throws(StorageError) {
        try await base.dropIndex(named: name, on: collection)
    }
}
