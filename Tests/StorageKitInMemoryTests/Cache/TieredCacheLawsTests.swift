import StorageKit
import StorageKitInMemory
import StorageKitTesting
import Testing

@Suite("The laws of caches: in two tiers", .serialized)
struct TieredCacheLawsTests {
    struct Harness: CacheHarness {
        typealias Shared = KeyValueCache<Int, JSONCodec<Specimen>, InMemoryKeyValueStore>
        typealias Tiered = TieredCache<InMemoryCache<Int, Specimen>, Shared>

        let shared = KeyValueCacheLawsTests.Harness()
        var leaseTime: Duration { shared.leaseTime }

        /// One whose local tier is believed: otherwise only the shared one would be examined.
        func makeSubject() async throws -> Tiered {
            let clock = shared.clock
            let subject = Tiered(
                local: InMemoryCache(capacity: 1000, clock: clock),
                shared: try await shared.makeSubject(), bound: .seconds(2), clock: clock)
            // Of a key that no law has: the first read begins to listen.
            _ = try await subject.get(-1)
            try await trusted(subject)
            return subject
        }

        func letPass(_ time: Duration, for subject: Tiered) async throws {
            shared.clock.advance(by: time)
            try await trusted(subject)
        }

        private func trusted(_ subject: Tiered) async throws {
            while !subject.isLocalTrusted {
                try Task.checkCancellation()
                await Task.yield()
            }
        }
    }

    @Test(
        "a cache in two tiers keeps every law that is one for it",
        arguments: CacheLaws.cases(for: Harness.self) + CacheLaws.tagCases()
            + CacheLaws.versionCases())
    func tiered(law: ConformanceCase<Harness>) async {
        let verdict = await ConformanceRunner(harness: Harness(), seed: testSeed).run(law)
        #expect(verdict.isAcceptable, "\(verdict)")
    }
}
