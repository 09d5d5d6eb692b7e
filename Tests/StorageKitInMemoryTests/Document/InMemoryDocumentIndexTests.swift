import StorageKit
import StorageKitInMemory
import StorageKitTesting
import Synchronization
import Testing

@Suite("The indexes of the document store in memory")
struct InMemoryDocumentIndexTests {
    @Test(
        "keeps the contract of indexes",
        arguments: DocumentLaws.indexCases(for: InMemoryDocumentHarness.self)
            + DocumentLaws.explainCases(for: InMemoryDocumentHarness.self))
    func keeps(law: ConformanceCase<InMemoryDocumentHarness>) async {
        let runner = ConformanceRunner(harness: InMemoryDocumentHarness(), seed: testSeed)
        let verdict = await runner.run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test("every broken store of indexes is caught by the law meant for it")
    func killMatrix() async {
        let report = await DocumentLaws.indexKillReport(
            breaking: InMemoryDocumentHarness(), seed: testSeed)
        #expect(report.flaws == [], "\(report)")
    }

    @Test("removes what has expired with the next call, by the clock of the store")
    func expires() async throws {
        let now = Mutex<Int64>(0)
        let store = InMemoryDocumentStore(now: {
            DocumentDate(millisecondsSince1970: now.withLock { $0 })
        })
        let things = DocumentCollection("things", of: Document.self, in: store)
        func date(_ time: Int64) -> DocumentValue {
            .date(DocumentDate(millisecondsSince1970: time))
        }
        try await things.createIndexes(
            DocumentIndex(DocumentOrder("t", .descending), expireAfter: .seconds(10)))
        try await things.insert(contentsOf: [
            ["_id": 1, "t": date(0)], ["_id": 2, "t": date(5_000)], ["_id": 3, "t": 0],
            ["_id": 4], ["_id": 5, "t": [date(90_000), date(2_000), "x"]],
        ])
        let ends: [(Int64, [DocumentValue])] = [
            (9_999, [1, 2, 3, 4, 5]), (10_000, [2, 3, 4, 5]), (12_000, [2, 3, 4]),
            (.max, [3, 4]),
        ]
        for (time, left) in ends {
            now.withLock { $0 = time }
            var seen: [DocumentValue?] = []
            for try await document in things.find(.all) { seen.append(document["_id"]) }
            #expect(seen == left, "at \(time)")
        }
        try await things.updateMany(.all, [.currentDate("t")])
        #expect(try await things.count(.all) == 2)
        try await things.dropIndex(named: "t_-1")
        try await things.insert(["t": date(.min)])
        #expect(try await things.count(.all) == 3)
    }

    @Test("answers random programs with indexes as it does without")
    func programs() async throws {
        try await DocumentComparison(seed: testSeed).run(
            programs: 60, InMemoryDocumentStore(), IndexingStore(InMemoryDocumentStore()))
    }

    @Test("keeps documents that are equal in an order as they were inserted, either way round")
    func ties() async throws {
        let things = DocumentCollection("things", of: Document.self, in: InMemoryDocumentStore())
        try await things.createIndexes(DocumentIndex(DocumentOrder("a"), DocumentOrder("b")))
        try await things.insert(
            contentsOf: (0..<600).map { number in
                ["_id": .int64(Int64(number)), "a": .int64(Int64(number % 3)), "b": [2, 1]]
            })
        for direction in [SortOrder.ascending, .descending] {
            let order = DocumentOrder("a", direction)
            #expect(try await !things.explain(.all, order: order).sortsInMemory)
            var seen: [Int64] = []
            for try await document in things.find(.all, order: order) {
                if case .int64(let id) = document["_id"] { seen.append(id) }
            }
            let sign: Int64 = direction == .ascending ? 1 : -1
            let expected = (0..<600).map(Int64.init).sorted {
                ($0 % 3 * sign, $0) < ($1 % 3 * sign, $1)
            }
            #expect(seen == expected)
        }
    }

    @Test("refuses the index after the sixty-third")
    func limit() async throws {
        let things = DocumentCollection("things", of: Document.self, in: InMemoryDocumentStore())
        for number in 0..<63 {
            try await things.createIndexes(DocumentIndex(DocumentOrder(DocumentPath("a\(number)"))))
        }
        let error = try await #require(throws: StorageError.self) {
            try await things.createIndexes(DocumentIndex(DocumentOrder("b")))
        }
        #expect(error.code == .limitExceeded)
    }

    @Test("prints a plan, an index a line")
    func prints() async throws {
        let things = DocumentCollection("things", of: Document.self, in: InMemoryDocumentStore())
        let a = DocumentIndex(DocumentOrder("a"))
        try await things.createIndexes(
            a, DocumentIndex(DocumentOrder("b")), DocumentIndex(DocumentOrder("c")))
        let unique = DocumentIndex(DocumentOrder("b", .descending), name: "b_1", isUnique: true)
        let plan = try await things.indexPlan([a, unique, .text("d")])
        #expect(
            plan.description == """
                indexes of things: 1 as wanted, 2 to create
                  create d_text: d text
                  drop   b_1: b
                  create b_1: b descending; unique
                  not wanted, dropped if asked for: c_1: c
                """)
    }
}

/// A store that makes indexes of a collection before its first document.
private struct IndexingStore: DocumentWrapper {
    let base: InMemoryDocumentStore
    init(_ base: InMemoryDocumentStore) { self.base = base }
    private static let indexes = ["a", "a.b", "b", "c.a", "a.0"].map {
        DocumentIndex(DocumentOrder(DocumentPath($0)))
    }

    func write<Entity: Encodable & Sendable>(
        _ writes: [DocumentWrite<Entity>], to collection: String, isOrdered: Bool
    ) async throws(StorageError) -> DocumentWriteResult {
        try await base.createIndexes(Self.indexes, on: collection)
        return try await base.write(writes, to: collection, isOrdered: isOrdered)
    }
}
