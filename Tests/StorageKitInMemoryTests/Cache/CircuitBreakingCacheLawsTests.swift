import StorageKit
import StorageKitInMemory
import StorageKitTesting
import Testing

@Suite("The laws of caches: behind a circuit breaker", .serialized)
struct CircuitBreakingCacheLawsTests {
    struct Harness: CacheHarness {
        typealias Breaking = CircuitBreakingCache<KeyValueCacheLawsTests.Harness.Shared>

        let shared = KeyValueCacheLawsTests.Harness()
        /// With one every call has a task of its own; the clock stands still meanwhile.
        let callTimeout: Duration?
        var leaseTime: Duration { shared.leaseTime }

        func makeSubject() async throws -> Breaking {
            var policy = CircuitBreakerPolicy()
            policy.callTimeout = callTimeout
            return Breaking(try await shared.makeSubject(), policy: policy, clock: shared.clock)
        }

        func letPass(_ time: Duration, for subject: Breaking) async throws {
            try await shared.letPass(time, for: subject.base)
        }
    }

    @Test(
        "a cache behind a closed circuit breaker keeps every law",
        arguments: CacheLaws.allCases(for: Harness.self), [nil, Duration.seconds(3600)])
    func breaking(law: ConformanceCase<Harness>, callTimeout: Duration?) async {
        let harness = Harness(callTimeout: callTimeout)
        let verdict = await ConformanceRunner(harness: harness, seed: testSeed).run(law)
        #expect(verdict.isAcceptable, "\(verdict)")
    }
}
