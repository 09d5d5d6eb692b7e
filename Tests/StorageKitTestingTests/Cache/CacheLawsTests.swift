import StorageKit
import StorageKitTesting
import Testing

@Suite("The laws of caches", .serialized)
struct CacheLawsTests {
    typealias Harness = ModelCacheHarness

    static let laws = CacheLaws.allCases(for: Harness.self)

    @Test("the model keeps every law", arguments: laws)
    func model(law: ConformanceCase<Harness>) async {
        let verdict = await ConformanceRunner(harness: Harness(), seed: testSeed).run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test("the laws hold whatever the seed", arguments: UInt64(0)..<3)
    func seeds(seed: UInt64) async {
        let report = await ConformanceRunner(harness: Harness(), seed: seed).run(Self.laws)
        #expect(report.isAcceptable, "\(report)")
    }

    @Test("identifiers and clauses are there, and no identifier is used twice")
    func identifiers() {
        #expect(Self.laws.flaws(family: "cache") == [])
    }
}

/// Models whose time stands still until it is moved.
struct ModelCacheHarness: CacheHarness {
    private let clock = ManualClock()
    let capacity: Int? = 100

    func makeSubject() async throws -> ModelCache { ModelCache(capacity: capacity, clock: clock) }

    func letPass(_ time: Duration, for subject: ModelCache) async throws {
        clock.advance(by: time)
    }
}
