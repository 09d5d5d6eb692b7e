import StorageKit

/// A key-value store under examination with what the laws do to it.
struct KeyValueScene<Harness: KeyValueHarness>: Sendable {
    typealias Subject = Harness.Subject
    typealias Store = RecordingKeyValueStore<Harness.Subject>

    let harness: Harness
    let context: ConformanceContext
    /// The subject, with every call noted in the context's trace.
    let store: Store
    /// What tasks of one's own should run on: they do not inherit it.
    var executor: InterleavingExecutor?

    init(_ harness: Harness, _ subject: Subject, _ context: ConformanceContext) {
        self.harness = harness
        self.context = context
        store = RecordingKeyValueStore(subject) { line in context.note(line()) }
    }

    /// Gives the body another scene on a store as fresh as the first.
    func withAnotherScene<Value>(
        _ body: (KeyValueScene) async throws -> Value
    ) async throws -> Value {
        try await harness.withSubject { try await body(KeyValueScene(harness, $0, context)) }
    }

    /// A task of its own, which can be cancelled.
    func task<Value: Sendable>(
        _ body: @escaping @Sendable () async throws -> Value
    ) -> Task<Value, any Error> {
        Task(executorPreference: executor) { try await body() }
    }

    /// A task that has been cancelled before its body begins.
    func cancelledTask<Value: Sendable>(
        _ body: @escaping @Sendable () async throws -> Value
    ) -> Task<Value, any Error> {
        task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await body()
        }
    }

    /// Runs a body for each number at the same time and returns the answers by number.
    func atOnce<Value: Sendable>(
        _ count: Int = 8, _ body: @escaping @Sendable (Int) async throws -> Value
    ) async throws -> [Value] {
        try await withThrowingTaskGroup(of: (Int, Value).self) { group in
            for number in 0..<count { group.addTask { (number, try await body(number)) } }
            var answers: [Int: Value] = [:]
            for try await (number, value) in group { answers[number] = value }
            return (0..<count).compactMap { answers[$0] }
        }
    }
}

extension KeyValueScene where Harness: ExpiryHarness {
    /// Lets time pass for the subject.
    func letPass(_ time: Duration) async throws {
        try await harness.letPass(time, for: store.base)
        context.note("\(time) passed")
    }
}
