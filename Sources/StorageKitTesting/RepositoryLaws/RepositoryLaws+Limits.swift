import StorageKit

extension RepositoryLaws {
    static func limitCases<H: RepositoryHarness>() -> [ConformanceCase<H>] {
        [batchAtLimit(), batchPastLimit(), pageAtLimit(), pagePastLimit(), pageBelowOne()]
    }

    /// Larger limits are taken on trust: a test would spend its time on building arguments.
    private static var largestProbe: Int { 100_000 }

    private static func batchAtLimit<H: RepositoryHarness>() -> ConformanceCase<H> {
        law(
            "limits.batch-at-the-limit",
            "get takes as many identifiers as limits.maximumBatchSize says."
        ) { scene in
            let size = try probe(scene.store.limits.maximumBatchSize, "batch")
            let stored = Set([0, size / 2, size - 1])
            try await scene.fill(stored.sorted())
            let found = try await scene.store.get((0..<size).map(scene.id))
            try scene.context.expectEqual(
                Set(found.keys), Set(stored.map(scene.id)), "what a get of \(size) finds")
        }
    }

    private static func batchPastLimit<H: RepositoryHarness>() -> ConformanceCase<H> {
        law(
            "limits.batch-past-the-limit",
            "get of more identifiers than limits.maximumBatchSize throws limitExceeded."
        ) { scene in
            let size = try probe(scene.store.limits.maximumBatchSize, "batch") + 1
            try await scene.fill(0..<2)
            try await scene.context.expectThrows(.limitExceeded, "get of \(size) identifiers") {
                try await scene.store.get((0..<size).map(scene.id))
            }
            try await scene.expectContents([0: 0, 1: 0], "after the refused get")
        }
    }

    private static func pageAtLimit<H: RepositoryHarness>() -> ConformanceCase<H> {
        law(
            "limits.page-at-the-limit",
            "scan takes every limit from 1 to limits.maximumPageSize and returns no more than that."
        ) { scene in
            let size = scene.store.limits.maximumPageSize
            let count = min(size, 200)
            try await scene.fill(0...count)
            for limit in Set([1, size / 2, size - 1, size]) where limit >= 1 {
                let page = try await scene.store.scan(after: nil, limit: limit)
                try scene.context.expect(
                    page.entities.count <= limit, "a page of \(limit) at the most",
                    seen: "\(page.entities.count) entities")
            }
        }
    }

    private static func pagePastLimit<H: RepositoryHarness>() -> ConformanceCase<H> {
        law(
            "limits.page-past-the-limit",
            "scan with a limit above limits.maximumPageSize throws limitExceeded."
        ) { scene in
            let size = scene.store.limits.maximumPageSize
            guard size < .max else { throw ConformanceNotApplicable("its pages have no limit") }
            try await scene.fill(0..<2)
            for limit in [size + 1, .max] {
                try await expectRefusal(.limitExceeded, ofPage: limit, scene)
            }
            try await scene.expectContents([0: 0, 1: 0], "after the refused scan")
        }
    }

    private static func pageBelowOne<H: RepositoryHarness>() -> ConformanceCase<H> {
        law(
            "limits.page-below-one",
            "scan with a limit below 1 throws invalidArgument."
        ) { scene in
            for limit in [0, -1, .min] {
                try await expectRefusal(.invalidArgument, ofPage: limit, scene)
            }
            try await scene.fill(0..<2)
            try await expectRefusal(.invalidArgument, ofPage: 0, scene)
            try await scene.expectContents([0: 0, 1: 0], "after the refused scan")
        }
    }

    private static func probe(_ limit: Int, _ what: String) throws -> Int {
        guard limit <= largestProbe else {
            throw ConformanceNotApplicable("a \(what) of \(limit) is too large to try")
        }
        return limit
    }

    private static func expectRefusal<H: RepositoryHarness>(
        _ code: StorageError.Code, ofPage limit: Int, _ scene: RepositoryScene<H>
    ) async throws {
        try await scene.context.expectThrows(code, "scan with the limit \(limit)") {
            try await scene.store.scan(after: nil, limit: limit)
        }
        try await scene.context.expectThrows(code, "scan after \(scene.id(0)), limit \(limit)") {
            try await scene.store.scan(after: scene.id(0), limit: limit)
        }
    }
}
