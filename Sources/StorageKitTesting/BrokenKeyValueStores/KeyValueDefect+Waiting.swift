import StorageKit
import Synchronization

extension KeyValueDefect {
    static var waitingDefects: [Self] {
        [
            waiting("waits-take-the-first", caughtBy: "blocking-list.takes-what-is-there") {
                model, wait throws(StorageError) in
                var other = wait
                other.end = .first
                return try await other.result(on: model)
            },
            // Looks at what is there and does not wait.
            waiting("waits-do-not-wait", caughtBy: "blocking-list.waits-for-a-push") {
                model, wait throws(StorageError) in
                guard wait.target == nil, wait.time > .seconds(1) else { return nil }
                for key in wait.keys {
                    if let value = try await model.listPop(key, from: wait.end) {
                        return .success(ListElement(key: key, value: value))
                    }
                }
                return .success(nil)
            },
            // Only pushes wake those who wait.
            Self("moves-wake-nobody", caughtBy: "key-value.blocking-list.waits-for-a-move") {
                let moved = Mutex<Set<ByteString>>([])
                var behaviour = KeyValueMisbehaviour()
                behaviour.answer = { model, operation throws(StorageError) in
                    guard case .listMove(let source, let from, let target, _) = operation else {
                        return nil
                    }
                    moved.withLock { _ = $0.insert(target) }
                    return try await model.reply(to: .list(source, .pop(from)))
                }
                return behaviour
            },
            waiting("waits-prefer-the-last", caughtBy: "blocking-list.prefers-the-first") {
                model, wait throws(StorageError) in
                var other = wait
                other.keys.reverse()
                return try await other.result(on: model)
            },
            // In whole seconds, and 0 waits for ever.
            waiting("short-waits-never-end", caughtBy: "blocking-list.ends-without-a-value") {
                model, wait throws(StorageError) in
                guard wait.time > .zero, wait.time < .seconds(1), wait.target == nil else {
                    return nil
                }
                var other = wait
                other.time = .seconds(1_000_000_000)
                return try await other.result(on: model)
            },
            waiting("waits-move-to-the-end", caughtBy: "blocking-list.moves") {
                model, wait throws(StorageError) in
                guard let target = wait.target else { return nil }
                var other = wait
                other.target = (target.key, .last)
                return try await other.result(on: model)
            },
            waiting(
                "move-waits-fail-in-the-end", caughtBy: "blocking-list.moves-nothing-in-the-end"
            ) {
                model, wait throws(StorageError) in
                guard wait.target != nil else { return nil }
                guard let element = try await wait.outcome(on: model) else {
                    throw StorageError(code: .timedOut, message: "nothing came")
                }
                return .success(element)
            },
            // Looks, and takes in another step.
            waiting("waits-look-first", caughtBy: "blocking-list.serves-each-once") {
                model, wait throws(StorageError) in
                guard wait.target == nil, wait.time > .seconds(1), wait.keys == ["l"] else {
                    return nil
                }
                for _ in 0..<10_000 where !Task.isCancelled {
                    if let value = try await model.listRange("l", 0..<1).first {
                        await pause()
                        _ = try await model.listPop("l")
                        return .success(ListElement(key: "l", value: value))
                    }
                    await Task.yield()
                }
                return .success(nil)
            },
            waiting("waits-are-not-cancelled", caughtBy: "blocking-list.ends-when-cancelled") {
                model, wait throws(StorageError) in
                await Task {
                    do throws(StorageError) {
                        return try await wait.result(on: model)
                    } catch {
                        return .failure(error)
                    }
                }.value
            },
            // The value comes when nobody is there any more.
            waiting("cancelled-waits-drop", caughtBy: "blocking-list.cancelling-loses-nothing") {
                model, wait throws(StorageError) in
                let element = try await wait.outcome(on: model)
                await pause()
                guard Task.isCancelled else { return .success(element) }
                throw .cancelled(operation: "listPop")
            },
            waiting("waits-ignore-other-kinds", caughtBy: "blocking-list.refuses-other-kinds") {
                model, wait throws(StorageError) in
                do throws(StorageError) {
                    return try await wait.result(on: model)
                } catch {
                    guard error.code == .wrongType else { throw error }
                    return .success(nil)
                }
            },
            waiting("zero-waits-for-nothing", caughtBy: "blocking-list.refuses-what-is-never-right")
            {
                _, wait throws(StorageError) in
                wait.time <= .zero ? .success(nil) : nil
            },
            // Begins anew at every change, and finds another kind.
            Self(
                "waits-die-of-other-kinds", caughtBy: "key-value.blocking-list.outlives-other-kinds"
            ) {
                var behaviour = KeyValueMisbehaviour()
                let died = Mutex(false)
                behaviour.answer = { _, operation throws(StorageError) in
                    if case .set = operation { died.withLock { $0 = true } }
                    return nil
                }
                behaviour.wait = { model, wait throws(StorageError) in
                    let element = try await wait.outcome(on: model)
                    guard died.withLock({ $0 }) else { return .success(element) }
                    throw StorageError(code: .wrongType, message: "the key held another kind")
                }
                return behaviour
            },
        ]
    }

    static func waiting(
        _ name: String, caughtBy: String, _ wait: @escaping KeyValueMisbehaviour.Wait
    ) -> Self {
        behaving(name, caughtBy: caughtBy) { $0.wait = wait }
    }
}

extension KeyValueWait {
    fileprivate func result(
        on model: ModelKeyValueStore
    ) async throws(StorageError) -> Result<ListElement?, StorageError> {
        .success(try await outcome(on: model))
    }
}
