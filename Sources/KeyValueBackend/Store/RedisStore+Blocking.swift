public import StorageKit

extension RedisStore: BlockingListStore {
    /// Removes and returns a value from the first of these lists that has one, waiting for it.
    ///
    /// One round trip and the wait, on a connection that nobody else uses meanwhile; at most
    /// ``RedisConfiguration/maximumBlockingConnections`` wait at the same time, others for one of
    /// those.
    ///
    /// When the task is cancelled the server is asked to end the wait (`CLIENT UNBLOCK`), and a
    /// value that it has taken by then is returned. A server that does not react within the time of
    /// an operation, or does not allow it, loses the connection: the call throws
    /// ``StorageKit/StorageError/Code/cancelled`` with
    /// ``StorageKit/StorageError/mayHaveBeenApplied``, since a value may be lost.
    ///
    /// - Throws: ``StorageKit/StorageError/Code/wrongType`` when a key that is looked at holds
    ///   another kind of value; ``StorageKit/StorageError/Code/limitExceeded`` for a wait longer
    ///   than ``StorageKit/KeyValueLimits/maximumTimeToLive``.
    public func listPop(
        fromFirstOf keys: [ByteString], _ end: ListEnd, waitingUpTo time: Duration
    ) async throws(StorageError) -> ListElement? {
        try check(keys, time, operation: "listPop")
        let name = end == .first ? RedisWord.blpop : RedisWord.brpop
        let reply = try await wait(time, operation: "listPop") { time in
            RedisCommand([name] + keys + [RedisNumber.seconds(time)])
        }
        let part = RedisReplyPart(reply: reply, mayHaveBeenApplied: true)
        let words = try part.elements()
        guard !words.isEmpty else { return nil }
        guard words.count == 2 else { throw part.mismatch("a key and a value") }
        return ListElement(key: words[0], value: words[1])
    }

    /// Moves a value from one list to another in one step, waiting for it, and returns it.
    ///
    /// As ``listPop(fromFirstOf:_:waitingUpTo:)``.
    public func listMove(
        from source: ByteString, _ sourceEnd: ListEnd, to target: ByteString,
        _ targetEnd: ListEnd, waitingUpTo time: Duration
    ) async throws(StorageError) -> ByteString? {
        try check([source, target], time, operation: "listMove")
        let ends = [RedisCommandEncoder.side(sourceEnd), RedisCommandEncoder.side(targetEnd)]
        let reply = try await wait(time, operation: "listMove") { time in
            RedisCommand([RedisWord.blmove, source, target] + ends + [RedisNumber.seconds(time)])
        }
        return try RedisReplyPart(reply: reply, mayHaveBeenApplied: true).value()
    }

    private func check(
        _ keys: [ByteString], _ time: Duration, operation: String
    ) throws(StorageError) {
        do throws(StorageError) {
            try limits.checkWait(for: keys, upTo: time, operation: operation)
        } catch {
            throw error.adding(store: core.name)
        }
    }

    private func wait(
        _ time: Duration, operation: String, _ command: (Duration) -> RedisCommand
    ) async throws(StorageError) -> RedisReply {
        do throws(StorageError) {
            let patience = operationTimeout ?? core.configuration.operationTimeout
            let reply = try await core.node.sendUnblockable(
                waitingUpTo: time, patience: patience, command)
            if case .error(let error) = reply {
                throw StorageError.redis(error, statement: command(time).statement)
            }
            return reply
        } catch {
            throw error.renamed(operation: operation, store: core.name)
        }
    }
}
