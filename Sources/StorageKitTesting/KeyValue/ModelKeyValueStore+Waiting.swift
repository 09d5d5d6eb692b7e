public import StorageKit
import Synchronization

extension ModelKeyValueStore: BlockingListStore {
    /// How a wait ends: with a value, without one when its time is over, or with an error.
    typealias WaitOutcome = Result<ListElement?, StorageError>

    /// Removes and returns a value from the first of these lists that has one, waiting for it.
    public func listPop(
        fromFirstOf keys: [ByteString], _ end: ListEnd, waitingUpTo time: Duration
    ) async throws(StorageError) -> ListElement? {
        guard !keys.isEmpty else { throw Self.invalid("give at least one list", "listPop") }
        for key in keys { try KeyValueOperation.list(key, .pop(end)).check(against: limits) }
        return try await wait(upTo: time, "listPop") { state, isFirst throws(StorageError) in
            for key in keys {
                if let value = try state.pop(key, end, skippingOtherKinds: !isFirst) {
                    return ListElement(key: key, value: value)
                }
            }
            return nil
        }
    }

    /// Moves a value from one list to another in one step, waiting for it, and returns it.
    public func listMove(
        from source: ByteString, _ sourceEnd: ListEnd, to target: ByteString,
        _ targetEnd: ListEnd, waitingUpTo time: Duration
    ) async throws(StorageError) -> ByteString? {
        let operation = KeyValueOperation.listMove(from: source, sourceEnd, to: target, targetEnd)
        try operation.check(against: limits)
        let element = try await wait(upTo: time, "listMove") { state, _ throws(StorageError) in
            try state.listMove(source, sourceEnd, target, targetEnd, operation)
                .map { ListElement(key: source, value: $0) }
        }
        return element?.value
    }

    /// Tries at once, and again whenever something has changed, until the time is over.
    private func wait(
        upTo time: Duration, _ name: String,
        _ attempt:
            @escaping @Sendable (
                inout ModelKeyValueState, _ isFirst: Bool
            ) throws(StorageError) -> ListElement?
    ) async throws(StorageError) -> ListElement? {
        guard time > .zero else {
            throw Self.invalid("a wait must be longer than zero", name)
        }
        let number = room.withLock { $0.nextNumber() }
        var timer: Task<Void, any Error>?
        defer { timer?.cancel() }
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                begin(number, name, attempt) { continuation.resume(returning: $0) }
                // Not before: the end of a wait that has not begun would be lost.
                timer = Task { [self] in
                    try await wait(time)
                    finish(number, with: .success(nil))
                }
            }
        } onCancel: {
            cancel(number, name)
        }
        return try outcome.get()
    }

    private func begin(
        _ number: Int, _ name: String,
        _ attempt:
            @escaping @Sendable (
                inout ModelKeyValueState, Bool
            ) throws(StorageError) -> ListElement?,
        _ resume: @escaping @Sendable (WaitOutcome) -> Void
    ) {
        let outcome: WaitOutcome? = enter { room in
            if room.cancelledWaits.remove(number) != nil { return .failure(Self.cancelled(name)) }
            do throws(StorageError) {
                if let element = try attempt(&room.state, true) { return .success(element) }
            } catch {
                return .failure(error)
            }
            let waiter = ModelKeyValueRoom.Waiter(
                number: number,
                attempt: { state in
                    do throws(StorageError) {
                        return try attempt(&state, false).map { .success($0) }
                    } catch {
                        return .failure(error)
                    }
                }, resume: resume)
            room.waiters.append(waiter)
            return nil
        }
        if let outcome { resume(outcome) }
    }

    private func cancel(_ number: Int, _ name: String) {
        room.withLock { room in
            if !room.waiters.contains(where: { $0.number == number }) {
                room.cancelledWaits.insert(number)
            }
        }
        finish(number, with: .failure(Self.cancelled(name)))
    }

    /// Ends a wait, unless it has ended.
    private func finish(_ number: Int, with outcome: WaitOutcome) {
        let waiter = room.withLock { room -> ModelKeyValueRoom.Waiter? in
            guard let place = room.waiters.firstIndex(where: { $0.number == number }) else {
                return nil
            }
            return room.waiters.remove(at: place)
        }
        waiter?.resume(outcome)
    }

    private static func cancelled(_ name: String) -> StorageError {
        .cancelled(operation: name, store: "model")
    }

    private static func invalid(_ message: String, _ name: String) -> StorageError {
        StorageError(
            code: .invalidArgument, message: message, operation: name, store: "model")
    }
}

extension ModelKeyValueState {
    /// The value at an end of a list, removed; whoever waits already does not mind other kinds.
    fileprivate mutating func pop(
        _ key: ByteString, _ end: ListEnd, skippingOtherKinds: Bool
    ) throws(StorageError) -> ByteString? {
        if skippingOtherKinds, case .some(let entry) = self[key] {
            guard case .list = entry.content else { return nil }
        }
        let operation = KeyValueOperation.list(key, .pop(end))
        guard case .value(let value) = try list(key, .pop(end), operation) else { return nil }
        return value
    }
}
