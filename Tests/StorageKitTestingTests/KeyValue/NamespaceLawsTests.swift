import StorageKit
import StorageKitTesting
import Testing

@Suite("The laws of namespaces")
struct NamespaceLawsTests {
    private func report<Harness: KeyValueHarness>(_ harness: Harness) async -> ConformanceReport {
        await ConformanceRunner(harness: harness, seed: testSeed)
            .run(KeyValueLaws.namespaceCases(for: Harness.self))
    }

    @Test("a namespace keeps them, and so does one beneath wrappers and namespaces")
    func kept() async {
        let plain = await report(Subjects { $0.namespace("a") })
        #expect(plain.isAcceptable, "\(plain)")
        let wrapped = await report(Subjects { Relay(Relay($0.namespace("a"))) })
        #expect(wrapped.isAcceptable, "\(wrapped)")
        let between = await report(Subjects { Relay(Relay($0.namespace("a")).namespace("b")) })
        #expect(between.isAcceptable, "\(between)")
    }

    @Test("a store without a namespace is caught by the first")
    func noNamespace() async {
        let report = await report(Subjects { $0 })
        #expect(
            report.failures.map(\.id) == ["key-value.namespace.shares-no-key-with-one-within"],
            "\(report)")
    }
}

/// Wraps a model for each subject.
private struct Subjects<Subject: KeyValueStore>: KeyValueHarness {
    let make: @Sendable (ModelKeyValueStore) -> Subject

    func makeSubject() async throws -> Subject {
        make(ModelKeyValueStore(limits: KeyValueLimits(), clock: ManualClock()))
    }
}

private struct Relay<Base: KeyValueStore>: KeyValueWrapper {
    let base: Base

    init(_ base: Base) { self.base = base }

    func wrapping(_ base: Base) -> Relay { Relay(base) }

    func perform<Output>(
        _ command: KeyValueCommand<Self, Output>
    ) async throws(StorageError) -> Output {
        try await base.perform(command.forwarded())
    }
}
