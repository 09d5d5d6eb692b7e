import StorageKit
import StorageKitInMemory
import StorageKitTesting
import Testing

@Suite("The laws of caches: behind a circuit breaker", .serialized)
struct CircuitBreakingCacheLawsTests {
    struct Harness: CacheHarness {
        typealias Breaking = CircuitBreakingCache<KeyValueCacheLawsTests.Harness.Shared>

        let shared = KeyValueCacheLawsTests.Harness()
        var leaseTime: Duration { shared.leaseTime }

        /// One that gives each call a task of its own, and much time.
        func makeSubject() async throws -> Breaking {
            var policy = CircuitBreakerPolicy()
            policy.callTimeout = .seconds(36_000)
            return Breaking(try await shared.makeSubject(), policy: policy, clock: shared.clock)
        }

        func letPass(_ time: Duration, for subject: Breaking) async throws {
            try await shared.letPass(time, for: subject.base)
        }
    }

    @Test(
        "a cache behind a closed circuit breaker keeps every law",
        arguments: CacheLaws.allCases(for: Harness.self))
    func breaking(law: ConformanceCase<Harness>) async {
        let verdict = await ConformanceRunner(harness: Harness(), seed: testSeed).run(law)
        #expect(verdict.isAcceptable, "\(verdict)")
    }
}
