import StorageKit
import StorageKitInMemory
import StorageKitTesting
import Testing

@Suite("The laws of caches: in a key-value store", .serialized)
struct KeyValueCacheLawsTests {
    struct Harness: CacheHarness {
        typealias Shared = KeyValueCache<Int, JSONCodec<Specimen>, InMemoryKeyValueStore>

        let clock = ManualClock()
        let leaseTime = Duration.seconds(10)
        var lookupMode = SharedCacheLookupMode.getThenLease
        var leasesOnLookup: Bool { lookupMode == .leaseOnRead }

        func makeSubject() async throws -> Shared {
            let wallClock: @Sendable () -> SharedCacheInstant = { [clock] in
                SharedCacheInstant(milliseconds: 1_000_000).after(clock.now.offset)
            }
            return Shared(
                InMemoryKeyValueStore(clock: clock), namespace: "laws", keys: JSONCodec<Int>(),
                values: JSONCodec<Specimen>(),
                options: SharedCacheOptions(leaseTime: leaseTime, lookupMode: lookupMode),
                clock: clock, wallClock: wallClock)
        }

        func letPass(_ time: Duration, for subject: Shared) async throws {
            clock.advance(by: time)
        }
    }

    @Test(
        "a cache in a key-value store keeps every law",
        arguments: CacheLaws.allCases(for: Harness.self))
    func keyValue(law: ConformanceCase<Harness>) async {
        let verdict = await ConformanceRunner(harness: Harness(), seed: testSeed).run(law)
        #expect(verdict.isAcceptable, "\(verdict)")
    }

    @Test(
        "one that leases on read keeps every law", arguments: CacheLaws.allCases(for: Harness.self))
    func leasing(law: ConformanceCase<Harness>) async {
        let harness = Harness(lookupMode: .leaseOnRead)
        let verdict = await ConformanceRunner(harness: harness, seed: testSeed).run(law)
        #expect(verdict.isAcceptable, "\(verdict)")
    }
}
