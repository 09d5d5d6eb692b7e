public import StorageKit

extension InMemoryKeyValueStore: BlockingListStore {
    /// Removes and returns a value from the first of these lists that has one, waiting for it.
    ///
    /// A push gives its values to those who wait, longest first, in the step in which it is made;
    /// it returns the length that the list had in between, as Redis does.
    ///
    /// - Throws: ``StorageError/Code/wrongType`` when one of the keys that is looked at holds
    ///   another kind of value as the call begins.
    public func listPop(
        fromFirstOf keys: [ByteString], _ end: ListEnd, waitingUpTo time: Duration
    ) async throws(StorageError) -> ListElement? {
        try await wait(ListWaiter(sources: keys, end), upTo: time, "listPop")
    }

    /// Moves a value from one list to another in one step, waiting for it, and returns it.
    ///
    /// - Throws: ``StorageError/Code/wrongType`` when the source holds another kind of value as the
    ///   call begins, or the target when there is a value; that stays where it is.
    public func listMove(
        from source: ByteString, _ sourceEnd: ListEnd, to target: ByteString,
        _ targetEnd: ListEnd, waitingUpTo time: Duration
    ) async throws(StorageError) -> ByteString? {
        let waiter = ListWaiter(sources: [source], sourceEnd, target: (target, targetEnd))
        return try await wait(waiter, upTo: time, "listMove")?.value
    }

    private func wait(
        _ waiter: ListWaiter, upTo time: Duration, _ operation: String
    ) async throws(StorageError) -> ListElement? {
        do throws(StorageError) {
            try checkCancellation(operation)
            let keys = waiter.sources.isEmpty ? [] : waiter.keys
            try limits.checkWait(for: keys.map(\.key), upTo: time, operation: operation)
            let timer = makeTimer(time.roundedUp(to: .milliseconds(1)))
            let atOnce = withStripes(of: waiter.keys) { $0.serveOrEnqueue(waiter) }
            if let atOnce { return try atOnce.get() }
            return try await outcome(of: waiter, timer: timer).get()
        } catch {
            throw error.adding(operation: operation, store: Self.name)
        }
    }

    /// Waits until the waiter is given a value, cancelled, or the timer has run.
    private func outcome(
        of waiter: ListWaiter, timer: @escaping @Sendable () async throws -> Void
    ) async -> ListWaiter.Outcome {
        let timeout = Task {
            // A sleep that throws was cancelled: the wait is over.
            if (try? await timer()) != nil { waiter.end(.success(nil)) }
        }
        let outcome = await waiter.outcome()
        timeout.cancel()
        for key in Set(waiter.sources) {
            stripes.withLock(hash: key.hash) { $0.noteDeparture(from: key) }
        }
        return outcome
    }
}

extension KeyValueStripe {
    fileprivate mutating func noteDeparture(from key: Key) {
        waiting[key]?.noteDeparture()
        if waiting[key]?.isEmpty == true { waiting[key] = nil }
    }
}
