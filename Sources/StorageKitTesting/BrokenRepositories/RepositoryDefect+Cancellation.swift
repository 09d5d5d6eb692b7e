import StorageKit
import Synchronization

extension RepositoryDefect {
    static var cancellationDefects: [Self] {
        [
            // Sends the request, stops waiting, and says that nothing happened.
            defect("cancelled-writes-happen", caughtBy: "cancellation.before-a-write") {
                base, call throws(StorageError) in
                guard call.method.isWrite, Task.isCancelled else { return nil }
                _ = await Task { await call.outcome(on: base) }.value
                throw .cancelled(operation: call.method.rawValue)
            },
            // Looks for a cancellation when it is too late.
            defect("cancellation-noticed-too-late", caughtBy: "cancellation.during-a-write") {
                base, call throws(StorageError) in
                guard call.method.isWrite, !Task.isCancelled else { return nil }
                let answer = try await call.result(on: base)
                await pause()
                guard Task.isCancelled else { return answer }
                throw .cancelled(operation: call.method.rawValue)
            },
            // Answers "none" when it was not allowed to look.
            defect("cancelled-reads-find-nothing", caughtBy: "cancellation.of-a-read") {
                _, call throws(StorageError) in
                guard Task.isCancelled else { return nil }
                switch call {
                case .get: return .entity(nil)
                case .getMany: return .entities([:])
                case .scan: return .page(Page(entities: [], next: nil))
                case .insert, .replace, .upsert, .delete: return nil
                }
            },
            // Cancels what the connection is doing, whoever it does it for.
            stateful("cancellation-hits-the-next", caughtBy: "cancellation.harms-no-neighbour") {
                let isPoisoned = Mutex(false)
                return { _, call throws(StorageError) in
                    let wasPoisoned = isPoisoned.withLock { isPoisoned in
                        defer { isPoisoned = Task.isCancelled }
                        return isPoisoned
                    }
                    guard wasPoisoned else { return nil }
                    throw StorageError(
                        code: .cancelled, message: "interrupted", operation: call.method.rawValue)
                }
            },
        ]
    }
}
