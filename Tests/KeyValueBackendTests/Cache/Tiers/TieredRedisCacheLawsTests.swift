import KeyValueBackend
import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@Suite(
    "The laws of caches: in memory in front of Redis", .serialized,
    .enabled(if: TestServer.redis.isExpected, TestServer.remedy))
struct TieredRedisCacheLawsTests {
    struct Harness: CacheHarness {
        typealias Tiered = TieredCache<InMemoryCache<String, Specimen>, SpecimenCache>

        let shared = RedisCacheLawsTests.Harness()
        var leaseTime: Duration { shared.leaseTime }

        /// One whose local tier is believed, and stays so for longer than a law takes: otherwise
        /// only the shared one would be examined.
        func makeSubject() async throws -> Tiered {
            let subject = Tiered(
                local: InMemoryCache(capacity: 1000), shared: try await shared.makeSubject(),
                bound: .seconds(600))
            // Of a key that no law has: the first read begins to listen.
            _ = try await subject.get("first")
            try await reached { subject.isLocalTrusted }
            return subject
        }

        /// The server's clock and that of this process are read by different steps.
        func letPass(_ time: Duration, for subject: Tiered) async throws {
            try await shared.letPass(time + .milliseconds(10), for: subject.shared)
        }
    }

    @Test(
        "a cache in memory in front of Redis keeps every law that is one for it",
        arguments: CacheLaws.cases(for: Harness.self) + CacheLaws.tagCases()
            + CacheLaws.versionCases())
    func tiered(law: ConformanceCase<Harness>) async {
        let verdict = await ConformanceRunner(harness: Harness(), seed: testSeed).run(law)
        #expect(verdict.isAcceptable, "\(verdict)")
    }
}
