import StorageKit
import StorageKitTesting
import Testing

@Suite("The laws of caches: in memory", .serialized)
struct InMemoryCacheLawsTests {
    struct Harness: CacheHarness {
        private let clock = ManualClock()
        let capacity: Int? = 100

        func makeSubject() async throws -> InMemoryCache<Int, Specimen> {
            InMemoryCache(capacity: 100, clock: clock)
        }

        func letPass(_ time: Duration, for subject: InMemoryCache<Int, Specimen>) async throws {
            clock.advance(by: time)
        }
    }

    @Test("the cache in memory keeps every law", arguments: CacheLaws.allCases(for: Harness.self))
    func inMemory(law: ConformanceCase<Harness>) async {
        let verdict = await ConformanceRunner(harness: Harness(), seed: testSeed).run(law)
        #expect(verdict == .passed, "\(verdict)")
    }
}
