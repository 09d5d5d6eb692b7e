import KeyValueBackend
import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@Suite(
    "The laws of caches: in Redis", .serialized,
    .enabled(if: TestServer.redis.isExpected, TestServer.remedy))
struct RedisCacheLawsTests {
    struct Harness: CacheHarness {
        var lookupMode = SharedCacheLookupMode.getThenLease
        var invalidation = RedisCacheInvalidation.keepingBarriers
        var leasesOnLookup: Bool { lookupMode == .leaseOnRead }

        /// The server's clock cannot be moved: long enough for a few calls.
        let leaseTime = Duration.seconds(1)

        /// One in a namespace of its own.
        func makeSubject() async throws -> SpecimenCache {
            SpecimenCache(
                try await RedisCacheLawsTests.store.value,
                namespace: "laws \(UInt64.random(in: 0 ... .max))", keys: .string,
                values: JSONCodec<Specimen>(), invalidation: invalidation,
                options: SharedCacheOptions(leaseTime: leaseTime, lookupMode: lookupMode))
        }

        /// Waits for a list that nobody fills, by the very clock that expiries go by.
        func letPass(_ time: Duration, for subject: SpecimenCache) async throws {
            _ = try await RedisCacheLawsTests.store.value.listPop(
                fromFirstOf: ["nobody fills this"], .first, waitingUpTo: time)
        }
    }

    /// Ends with the process, and so does what the laws write.
    private static let server = Task<RedisServerProcess, any Error> {
        try await RedisServerProcess.start()
    }

    private static let store = Task<RedisStore, any Error> {
        var configuration = RedisConfiguration()
        // No law is about it, and a machine that runs all tests at once may be late.
        configuration.operationTimeout = .seconds(60)
        return try RedisStore(url: try await server.value.url, configuration: configuration)
    }

    private func keeps(_ law: ConformanceCase<Harness>, _ harness: Harness) async {
        let verdict = await ConformanceRunner(harness: harness, seed: testSeed).run(law)
        #expect(verdict.isAcceptable, "\(verdict)")
    }

    @Test("a cache in Redis keeps every law", arguments: CacheLaws.allCases(for: Harness.self))
    func redis(law: ConformanceCase<Harness>) async { await keeps(law, Harness()) }

    @Test(
        "one that leases on read keeps every law", arguments: CacheLaws.allCases(for: Harness.self))
    func leasing(law: ConformanceCase<Harness>) async {
        await keeps(law, Harness(lookupMode: .leaseOnRead))
    }

    @Test(
        "one that invalidates by deleting keeps every law that is one for it",
        arguments: CacheLaws.cases(for: Harness.self) + CacheLaws.tagCases(),
        [SharedCacheLookupMode.getThenLease, .leaseOnRead])
    func deleting(law: ConformanceCase<Harness>, mode: SharedCacheLookupMode) async {
        await keeps(law, Harness(lookupMode: mode, invalidation: .deleting))
    }
}
