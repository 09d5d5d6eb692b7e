/// A subject under examination that is waited for with an end.
protocol PatientScene: SceneWithTasks {
    /// How long an answer is waited for, until it counts as none.
    var patience: Duration { get }
}

extension PatientScene {
    /// The value of a body, or a failure when it has none after the patience.
    ///
    /// The body is cancelled then and not waited for: one that does not notice would never end.
    func within<Value: Sendable>(
        _ what: @autoclosure () -> String, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let work = task(body)
        let first = FirstOutcome<Value>()
        let waiter = Task { first.settle(await work.result) }
        let patience = patience
        let timer = Task {
            try await Task.sleep(for: patience)
            first.settle(nil)
        }
        defer { timer.cancel() }
        let outcome = await withTaskCancellationHandler {
            await first.outcome()
        } onCancel: {
            work.cancel()
        }
        if let outcome { return try outcome.get() }
        work.cancel()
        waiter.cancel()
        throw ConformanceFailure(expected: what(), seen: "nothing for \(patience)")
    }
}
