import StorageKit

/// A key-value store under examination with what the laws do to it.
struct KeyValueScene<Harness: KeyValueHarness>: PatientScene {
    typealias Subject = Harness.Subject
    typealias Store = RecordingKeyValueStore<Harness.Subject>

    let harness: Harness
    let context: ConformanceContext
    /// The subject, with every call noted in the context's trace.
    let store: Store
    var executor: InterleavingExecutor?
    var patience: Duration { harness.patience }

    init(_ harness: Harness, _ subject: Subject, _ context: ConformanceContext) {
        self.harness = harness
        self.context = context
        store = RecordingKeyValueStore(subject) { line in context.note(line()) }
    }
}

extension KeyValueScene where Harness: ExpiryHarness {
    /// Lets time pass for the subject.
    func letPass(_ time: Duration) async throws {
        try await harness.letPass(time, for: store.base)
        context.note("\(time) passed")
    }
}
