/// A subject under examination whose laws run tasks of their own.
protocol SceneWithTasks: ConformanceScene {
    /// What tasks of one's own should run on: they do not inherit it.
    var executor: InterleavingExecutor? { get set }
}

extension SceneWithTasks {
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
