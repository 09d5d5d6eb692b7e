import StorageKit
import StorageKitTesting
import Synchronization
import Testing

@Suite("The laws of key-value stores", .serialized)
struct KeyValueLawsTests {
    typealias Harness = ModelKeyValueHarness

    static let laws =
        KeyValueLaws.allCases(for: Harness.self) + KeyValueLaws.exactExpiryCases()
        + KeyValueLaws.roundTripCases()

    @Test("the model keeps every law", arguments: laws)
    func model(law: ConformanceCase<Harness>) async {
        let verdict = await ConformanceRunner(harness: Harness(), seed: testSeed).run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test("the laws hold whatever the seed", arguments: UInt64(0)..<2)
    func seeds(seed: UInt64) async {
        let report = await ConformanceRunner(harness: Harness(), seed: seed).run(Self.laws)
        #expect(report.isAcceptable, "\(report)")
    }

    @Test("a store without limits worth probing is told so and not failed")
    func unlimited() async {
        var harness = Harness()
        harness.limits = KeyValueLimits()
        let laws = Self.laws.filter { $0.id.hasSuffix("limit") || $0.id.hasSuffix("limits") }
        let report = await ConformanceRunner(harness: harness, seed: testSeed).run(laws)
        #expect(report.isAcceptable, "\(report)")
        #expect(report.entries.contains { $0.verdict != .passed })
    }

    @Test("a store in a namespace keeps the laws of the store beneath")
    func namespaced() async {
        let laws = KeyValueLaws.allCases(for: NamespacedHarness.self)
        let runner = ConformanceRunner(harness: NamespacedHarness(), seed: testSeed)
        let report = await runner.run(laws)
        #expect(report.isAcceptable, "\(report)")
    }

    @Test("identifiers and clauses are there, and no identifier is used twice")
    func identifiers() {
        #expect(Self.laws.flaws(family: "key-value") == [])
    }
}

/// Models that are namespaces of one store.
private struct NamespacedHarness: MovableClockHarness {
    private let clock = ManualClock()
    private let counter = Counter()
    private let store: ModelKeyValueStore

    init() { store = ModelKeyValueStore(limits: Self.limits, clock: clock) }

    private static let limits = KeyValueLimits(
        maximumKeyBytes: 1000, maximumValueBytes: 100_000, maximumElementsPerCall: 300,
        maximumCommandsPerBatch: 200)

    func makeSubject() async throws -> NamespacedStore<ModelKeyValueStore> {
        store.namespace("subject \(counter.next())")
    }

    func tearDown(_ subject: NamespacedStore<ModelKeyValueStore>) async throws {
        for try await key in subject.keys(withPrefix: "") { try await subject.delete(key) }
    }

    func advanceTime(
        by time: Duration, for subject: NamespacedStore<ModelKeyValueStore>
    ) async throws {
        clock.advance(by: time)
    }
}

/// Another number each time.
private final class Counter: Sendable {
    private let last = Mutex(0)

    func next() -> Int {
        last.withLock { last in
            last += 1
            return last
        }
    }
}
