import StorageKit
import StorageKitInMemory
import StorageKitTesting
import TestSupport
import Testing

@testable import DocumentBackend

@Suite(
    "The laws of indexes: MongoDB", .enabled(if: TestServer.mongoDB.isExpected, TestServer.remedy))
struct MongoIndexLawsTests {
    @Test(
        "keeps the contract of indexes and plans",
        arguments: DocumentLaws.indexCases(for: MongoHarness.self)
            + DocumentLaws.explainCases(for: MongoHarness.self))
    func keeps(law: ConformanceCase<MongoHarness>) async {
        let verdict = await ConformanceRunner(harness: MongoHarness(), seed: testSeed).run(law)
        #expect(verdict.isAcceptable, "\(verdict)")
    }

    @Test("reads indexes that others made, and tells them from its own")
    func foreign() async throws {
        try await MongoWorld.with { database in
            _ = try await database.command([
                "createIndexes": "things",
                "indexes": [
                    ["key": ["a": 1], "name": "shell", "partialFilterExpression": ["b": 5]],
                    ["key": ["h": "hashed"], "name": "hashed"],
                    ["key": ["s": -1.0], "name": "sparse", "sparse": true],
                    ["key": ["w": "text"], "name": "german", "default_language": "german"],
                ],
            ])
            let things = DocumentCollection("things", of: Document.self, in: database)
            let seen = try await things.indexes()
            #expect(
                seen.first { $0.name == "shell" }
                    == DocumentIndex(
                        DocumentOrder("a"), name: "shell", where: .field("b", .equal(.int64(5)))))
            let hashed = try #require(seen.first { $0.name == "hashed" })
            #expect(hashed.keys == [.other("h", kind: "hashed")])
            #expect(throws: StorageError.self) { try hashed.check() }
            let sparse = try #require(seen.first { $0.name == "sparse" })
            #expect(sparse.otherOptions == ["sparse": true])
            #expect(sparse.order == [DocumentOrder("s", .descending)])
            let plan = try await things.indexPlan([.text("w", name: "german")])
            #expect(plan.changed.map(\.wanted.name) == ["german"])
            #expect(plan.unwanted.count == 3)
        }
    }

    @Test("answers random programs with indexes and a schema as the store in memory does")
    func answersAlike() async throws {
        let indexes = [
            DocumentIndex(
                DocumentOrder("a"), isUnique: true, where: .field("a", .type([.int64, .string]))),
            DocumentIndex(DocumentOrder("b.c"), DocumentOrder("c", .descending)),
            DocumentIndex(DocumentOrder("c.0"), DocumentOrder("a.b")),
            DocumentIndex(
                DocumentOrder("b"), DocumentOrder(.id), where: .field("b", .exists(true))),
        ]
        var noFlag = DocumentSchema.any
        noFlag.fields = [
            .optional("b", .of(.int64, .int32, .string, .null, .document, .array, .double)),
            .optional("c", .array(of: .number(maximum: 2), maximumCount: 2)),
        ]
        let validation = DocumentValidation(noFlag, level: .moderate)
        try await MongoWorld.with { database in
            try await DocumentComparison(
                seed: testSeed, isSkipped: Self.isKnownToDiffer
            ).run(
                programs: 100, PreparedStore(InMemoryDocumentStore(), indexes, validation),
                PreparedStore(database, indexes, validation))
        }
    }

    /// A comparison with the least or the greatest key.
    ///
    /// It matches documents without the field, and the server reads an index that is partial for
    /// those with it all the same.
    private static func isKnownToDiffer(_ call: String) -> Bool {
        MongoLawsTests.isKnownToDiffer(call)
            || ["less", "lessOrEqual", "greater", "greaterOrEqual"].contains { comparison in
                ["minKey", "maxKey"].contains {
                    call.contains("\(comparison)(StorageKit.DocumentValue.\($0))")
                }
            }
    }

    @Test("asks once for each call about indexes, and never for none")
    func roundTrips() async throws {
        try await MongoWorld.with { database in
            let things = DocumentCollection("things", of: Document.self, in: database)
            func calls(_ body: () async throws -> Void) async throws -> Int {
                let before = database.acceptedCalls
                try await body()
                return database.acceptedCalls - before
            }
            #expect(try await calls { _ = try await things.indexes() } == 1)
            #expect(try await calls { try await database.createIndexes([], on: "things") } == 0)
            let plan = try await things.indexPlan([
                DocumentIndex(DocumentOrder("a")), DocumentIndex(DocumentOrder("b")),
            ])
            #expect(try await calls { try await database.apply(plan) } == 1)
            let done = try await things.indexPlan([DocumentIndex(DocumentOrder("a"))])
            #expect(try await calls { try await database.apply(done) } == 0)
            #expect(
                try await calls { try await database.apply(done, droppingUnwanted: true) } == 1)
            #expect(try await calls { _ = try await things.explain(.all) } == 1)
        }
    }

    @Test("refuses the index after the sixty-third")
    func limit() async throws {
        try await MongoWorld.with { database in
            let indexes = (0..<63).map { DocumentIndex(DocumentOrder(DocumentPath("a\($0)"))) }
            try await database.createIndexes(indexes, on: "things")
            let error = try await #require(throws: StorageError.self) {
                try await database.createIndexes(
                    [DocumentIndex(DocumentOrder("b"))], on: "things")
            }
            #expect(error.code == .limitExceeded)
            #expect(try await database.indexes(of: "things").count == 63)
        }
    }

    @Test(
        "takes what it cannot read for a scan",
        arguments: [
            [:], ["stages": [["$cursor": [:]]]],
            ["queryPlanner": ["winningPlan": ["stage": "COLUMN_SCAN"]]],
            ["queryPlanner": ["winningPlan": ["slots": "…"]]],
            [
                "queryPlanner": [
                    "winningPlan": [
                        "stage": "OR",
                        "inputStages": [
                            ["stage": "IXSCAN", "indexName": "a_1"], ["stage": "NEW"],
                        ],
                    ]
                ]
            ],
        ] as [Document])
    func unknownPlans(_ reply: Document) {
        #expect(DocumentPlan(mongo: reply).scansCollection)
    }

    @Test(
        "knows the stages that read no documents, or those of an identifier",
        arguments: [
            "EOF", "IDHACK", "EXPRESS_IXSCAN", "CLUSTERED_IXSCAN", "EXPRESS_CLUSTERED_IXSCAN",
        ])
    func knownPlans(_ stage: String) {
        let plan = DocumentPlan(
            mongo: ["queryPlanner": ["winningPlan": ["stage": .string(stage)]]])
        #expect(!plan.scansCollection)
        #expect(plan.indexes == (stage == "EOF" ? [] : ["_id_"]))
    }

    @Test("reads plans of several engines")
    func plans() {
        let slots: Document = [
            "queryPlanner": [
                "winningPlan": [
                    "queryPlan": [
                        "stage": "SORT",
                        "inputStage": ["stage": "FETCH", "inputStage": ["stage": "COLLSCAN"]],
                    ], "slotBasedPlan": ["stages": "[2] sort COLLSCAN"],
                ]
            ]
        ]
        let plan = DocumentPlan(mongo: slots)
        #expect(plan.description == "SORT\n  FETCH\n    COLLSCAN")
        #expect(plan.scansCollection && plan.sortsInMemory && plan.indexes.isEmpty)
        let shards: Document = [
            "queryPlanner": [
                "winningPlan": [
                    "stage": "SHARD_MERGE_SORT",
                    "shards": [
                        ["winningPlan": ["stage": "IDHACK"]],
                        ["winningPlan": ["stage": "IXSCAN", "indexName": "a_1"]],
                    ],
                ]
            ]
        ]
        let merged = DocumentPlan(mongo: shards)
        #expect(merged.description == "SHARD_MERGE_SORT\n  IDHACK _id_\n  IXSCAN a_1")
        #expect(!merged.scansCollection && !merged.sortsInMemory)
        #expect(merged.indexes == ["_id_", "a_1"])
        #expect(DocumentPlan(mongo: [:]).steps.isEmpty)
    }
}
