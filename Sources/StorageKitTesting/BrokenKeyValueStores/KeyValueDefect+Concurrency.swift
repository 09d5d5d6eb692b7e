import StorageKit
import Synchronization

extension KeyValueDefect {
    static var concurrencyDefects: [Self] {
        [
            // Delete and insert.
            answering("set-in-two-steps", caughtBy: "concurrency.whole-writes") {
                model, operation throws(StorageError) in
                guard case .set(let key, _, _) = operation else { return nil }
                try await model.delete(key)
                await pause()
                return nil
            },
            answering("delete-looks-first", caughtBy: "concurrency.one-delete-removes") {
                model, operation throws(StorageError) in
                guard case .delete(let keys) = operation else { return nil }
                var count: Int64 = 0
                for key in keys where try await model.exists(key) { count += 1 }
                await pause()
                _ = try await model.reply(to: operation)
                return .integer(count)
            },
            // Says that it is written, and writes when somebody writes again.
            stateful("writes-behind", caughtBy: "concurrency.read-your-writes") {
                let behind = Mutex<Operation?>(nil)
                return { model, operation throws(StorageError) in
                    guard case .set = operation else { return nil }
                    let due = behind.withLock { behind in
                        defer { behind = operation }
                        return behind
                    }
                    if let due { _ = try await model.reply(to: due) }
                    return .done
                }
            },
            // A reader that is served by a copy which lags by one write.
            stateful("reads-lag", caughtBy: "concurrency.one-key-is-linearizable") {
                let copy = Mutex<(Reply?, Int)>((nil, 0))
                return { model, operation throws(StorageError) in
                    guard case .get = operation else { return nil }
                    let now = try await model.reply(to: operation)
                    return copy.withLock { copy in
                        copy.1 += 1
                        if copy.1 % 3 == 0 { return copy.0 ?? now }
                        copy.0 = now
                        return now
                    }
                }
            },
        ]
    }

    static var cancellationDefects: [Self] {
        [
            // Sends the request, stops waiting, and says that nothing happened.
            answering("cancelled-writes-happen", caughtBy: "cancellation.before-a-write") {
                model, operation throws(StorageError) in
                guard !operation.isReadOnly, Task.isCancelled else { return nil }
                _ = await Task { try? await model.reply(to: operation) }.value
                throw .cancelled(operation: operation.name)
            },
            // Looks for a cancellation when it is too late.
            answering("cancellation-noticed-too-late", caughtBy: "cancellation.during-a-write") {
                model, operation throws(StorageError) in
                guard !operation.isReadOnly, !Task.isCancelled else { return nil }
                let reply = try await model.reply(to: operation)
                await pause()
                guard Task.isCancelled else { return reply }
                throw .cancelled(operation: operation.name)
            },
            // Answers "none" when it was not allowed to look.
            answering("cancelled-reads-find-nothing", caughtBy: "cancellation.of-a-read") {
                _, operation throws(StorageError) in
                guard Task.isCancelled else { return nil }
                switch operation {
                case .get: return .value(nil)
                case .exists: return .flag(false)
                case .scan: return .elementPage(ScanPage(elements: [], next: nil))
                default: return nil
                }
            },
            // Cancels what the connection is doing, whoever it does it for.
            stateful("cancellation-hits-the-next", caughtBy: "cancellation.harms-no-neighbour") {
                let isPoisoned = Mutex(false)
                return { _, operation throws(StorageError) in
                    let wasPoisoned = isPoisoned.withLock { isPoisoned in
                        defer { isPoisoned = Task.isCancelled }
                        return isPoisoned
                    }
                    guard wasPoisoned else { return nil }
                    throw .cancelled(operation: operation.name)
                }
            },
        ]
    }
}
