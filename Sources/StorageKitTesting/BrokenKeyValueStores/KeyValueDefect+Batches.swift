import StorageKit
import Synchronization

extension KeyValueDefect {
    static var pipelineDefects: [Self] {
        batchDefects("pipeline", { $0.pipeline = $1 }) + [
            pipelining("pipeline-stops-at-a-failure", caughtBy: "pipeline.failures-stop-nothing") {
                model, operations throws(StorageError) in
                var replies: [Result<Reply, StorageError>] = []
                for operation in operations {
                    if case .failure(let error) = replies.last {
                        replies.append(.failure(error))
                    } else {
                        replies += try await model.replies(to: [operation])
                    }
                }
                return replies
            },
            // A buffer for replies that all tasks share.
            Self("pipelines-share-a-buffer", caughtBy: "key-value.pipeline.answers-are-not-mixed") {
                let buffer = Mutex<[Result<Reply, StorageError>]>([])
                var behaviour = KeyValueMisbehaviour()
                behaviour.pipeline = { model, operations throws(StorageError) in
                    let replies = try await model.replies(to: operations)
                    buffer.withLock { $0 = replies }
                    await pause()
                    let shared = buffer.withLock { $0 }
                    return shared.count == replies.count ? shared : replies
                }
                return behaviour
            },
            pipelining("pipeline-buffer-is-small", caughtBy: "pipeline.many-commands") {
                model, operations throws(StorageError) in
                let replies = try await model.replies(to: operations)
                return replies.enumerated().map { place, reply in
                    guard place >= 100, case .success(.value) = reply else { return reply }
                    return replies[place - 100]
                }
            },
        ]
    }

    static var atomicBatchDefects: [Self] {
        batchDefects("atomic-batch", { $0.batch = $1 }) + [
            batching("batch-is-a-pipeline", caughtBy: "atomic-batch.isolated") {
                model, operations throws(StorageError) in
                var replies: [Result<Reply, StorageError>] = []
                for operation in operations {
                    replies += try await model.replies(to: [operation])
                    await pause()
                }
                return replies
            },
            batching("batch-is-divided", caughtBy: "atomic-batch.undivided") {
                model, operations throws(StorageError) in
                guard operations.count == 2, case .increment = operations[0] else { return nil }
                let first = try await model.replies(to: [operations[0]])
                await pause()
                return first + (try await model.replies(to: [operations[1]]))
            },
            // All or nothing, which is more than the contract says, and other than Redis.
            batching("batch-rolls-back", caughtBy: "atomic-batch.failures-undo-nothing") {
                model, operations throws(StorageError) in
                guard operations.contains(.increment("text", by: 1)) else { return nil }
                _ = try await model.reply(to: .increment("text", by: 1))
                return nil
            },
            batching("batch-throws-the-last-error", caughtBy: "atomic-batch.throws-the-first-error")
            { model, operations throws(StorageError) in
                let replies = try await model.replies(to: operations)
                guard case .failure(let last) = replies.last(where: \.isFailure) else { return nil }
                return replies.map { $0.isFailure ? .failure(last) : $0 }
            },
        ]
    }

    /// Mistakes that pipelines and batches share.
    private static func batchDefects(
        _ group: String,
        _ part:
            @escaping @Sendable (
                inout KeyValueMisbehaviour, @escaping KeyValueMisbehaviour.Answers
            ) -> Void
    ) -> [Self] {
        func batch(
            _ name: String, _ expectation: String,
            _ answers: @escaping KeyValueMisbehaviour.Answers
        ) -> Self {
            behaving("\(group)-\(name)", caughtBy: "\(group).\(expectation)") { part(&$0, answers) }
        }
        return [
            batch("answers-backwards", "answers-by-position") {
                model, operations throws(StorageError) in
                Array(try await model.replies(to: operations).reversed())
            },
            batch("reads-before-it-writes", "in-order") {
                model, operations throws(StorageError) in
                let reads = operations.filter(\.isReadOnly)
                var early = try await model.replies(to: reads).makeIterator()
                var late = try await model.replies(to: operations.filter { !$0.isReadOnly })
                    .makeIterator()
                return operations.compactMap { $0.isReadOnly ? early.next() : late.next() }
            },
            batch("refuses-none", "of-nothing") { _, operations throws(StorageError) in
                guard operations.isEmpty else { return nil }
                throw StorageError(code: .invalidArgument, message: "an empty batch")
            },
            batch("refuses-the-largest", "at-the-limit") { model, operations throws(StorageError) in
                guard operations.count >= model.limits.maximumCommandsPerBatch else { return nil }
                throw StorageError(code: .limitExceeded, message: "too many commands")
            },
            batch("takes-any-number", "past-the-limit") { model, operations throws(StorageError) in
                try await model.replies(to: operations)
            },
            // Begins, and checks on its way.
            batch("checks-on-its-way", "refused-as-a-whole") {
                model, operations throws(StorageError) in
                var replies: [Result<Reply, StorageError>] = []
                for operation in operations { replies += try await model.replies(to: [operation]) }
                return replies
            },
            batch("notices-cancellation-late", "cancelled") {
                model, operations throws(StorageError) in
                let replies = try await model.replies(to: operations)
                await pause()
                guard Task.isCancelled else { return replies }
                throw .cancelled(operation: "pipeline")
            },
        ]
    }

    static func pipelining(
        _ name: String, caughtBy: String, _ answers: @escaping KeyValueMisbehaviour.Answers
    ) -> Self {
        behaving(name, caughtBy: caughtBy) { $0.pipeline = answers }
    }

    static func batching(
        _ name: String, caughtBy: String, _ answers: @escaping KeyValueMisbehaviour.Answers
    ) -> Self {
        behaving(name, caughtBy: caughtBy) { $0.batch = answers }
    }

    static var roundTripDefects: [Self] {
        [
            answering("get-many-loops", caughtBy: "round-trips.one-per-call") {
                model, operation throws(StorageError) in
                guard case .getMany(let keys) = operation else { return nil }
                var values: [ByteString?] = []
                for key in keys { values.append(try await model.get([key])[0]) }
                return .values(values)
            },
            pipelining("pipeline-loops", caughtBy: "round-trips.one-per-batch") {
                model, operations throws(StorageError) in
                var replies: [Result<Reply, StorageError>] = []
                for operation in operations { replies += try await model.replies(to: [operation]) }
                return replies
            },
            doing("scan-asks-key-by-key", caughtBy: "round-trips.scans-ask-page-by-page") {
                guard case .scan(let prefix, let cursor, let limit) = $0, limit > 1 else {
                    return nil
                }
                return .scan(prefix: prefix, cursor, limit: 1)
            },
            // Asks the server for its opinion first.
            answering("refusals-ask-first", caughtBy: "round-trips.refusals-ask-nobody") {
                model, operation throws(StorageError) in
                guard case .list(let key, .push([], _)) = operation else { return nil }
                _ = try await model.exists(key)
                return nil
            },
        ]
    }
}

extension Result {
    fileprivate var isFailure: Bool {
        if case .failure = self { true } else { false }
    }
}
