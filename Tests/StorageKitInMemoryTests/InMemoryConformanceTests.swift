import StorageKit
import StorageKitInMemory
import StorageKitTesting
import Testing

/// The laws of the key-value family, on the store in memory and on a namespace of one.
@Suite("The store in memory keeps the contract of key-value stores")
struct InMemoryConformanceTests {
    /// Small enough to be tried, at the limit and one past it.
    private static let limits = KeyValueLimits(
        maximumKeyBytes: 4096, maximumValueBytes: 1 << 20, maximumElementsPerCall: 1000,
        maximumCommandsPerBatch: 1000)

    /// Stores whose time stands still.
    struct Manual: MovableClockHarness {
        let clock = ManualClock()

        func makeSubject() async throws -> InMemoryKeyValueStore {
            InMemoryKeyValueStore(limits: limits, clock: clock)
        }

        func advanceTime(by time: Duration, for subject: InMemoryKeyValueStore) async throws {
            clock.advance(by: time)
        }
    }

    /// Namespaces beside others in one store.
    struct Namespaces: MovableClockHarness {
        let clock = ManualClock()

        func makeSubject() async throws -> NamespacedStore<InMemoryKeyValueStore> {
            let store = InMemoryKeyValueStore(limits: limits, clock: clock)
            try await store.set("beside the namespaces", to: "value")
            try await store.namespace("a").set("x", to: "value")
            return store.namespace("a").namespace("b")
        }

        func advanceTime(
            by time: Duration, for subject: NamespacedStore<InMemoryKeyValueStore>
        ) async throws {
            clock.advance(by: time)
        }
    }

    @Test("the store", arguments: KeyValueLaws.allCases(for: Manual.self))
    func store(law: ConformanceCase<Manual>) async { await keeps(law, Manual()) }

    @Test(
        "the store, to the millisecond", arguments: KeyValueLaws.exactExpiryCases(for: Manual.self))
    func expiry(law: ConformanceCase<Manual>) async { await keeps(law, Manual()) }

    @Test(
        "a namespace of it",
        arguments: KeyValueLaws.allCases(for: Namespaces.self) + KeyValueLaws.namespaceCases())
    func namespace(law: ConformanceCase<Namespaces>) async { await keeps(law, Namespaces()) }

    private func keeps<Harness>(_ law: ConformanceCase<Harness>, _ harness: Harness) async
    where Harness: KeyValueHarness {
        let verdict = await ConformanceRunner(harness: harness, seed: testSeed).run(law)
        #expect(verdict == .passed, "\(verdict)")
    }
}
