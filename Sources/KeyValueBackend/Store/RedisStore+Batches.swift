public import StorageKit

extension RedisStore: PipelinedStore {
    /// Does the commands of a batch in their order; the methods of the protocol call it.
    ///
    /// One round trip; none when every answer follows from its command alone. The commands go
    /// to the server in a row, and none of another task comes between them on this connection.
    /// When the connection is lost they are repeated if all of them may be.
    public func replies(
        to pipeline: KeyValueBatch<Self>
    ) async throws(StorageError) -> [Result<KeyValueReply, StorageError>] {
        let plan = try plan(pipeline, operation: "pipeline")
        let replies = try await send(plan.commands, plan, operation: "pipeline")
        return try results(plan, replies, operation: "pipeline")
    }
}

extension RedisStore: AtomicBatchStore {
    /// Does the commands of a batch as one step; the methods of the protocol call it.
    ///
    /// One round trip: `MULTI`, the commands and `EXEC` in a row. A user of the server's access
    /// control list needs `+multi +exec`.
    ///
    /// - Throws: When the server refused one of the commands before it began, or the whole batch:
    ///   nothing was done. When the connection was lost,
    ///   ``StorageKit/StorageError/mayHaveBeenApplied`` says whether all of it may have been.
    public func atomicReplies(
        to batch: KeyValueBatch<Self>
    ) async throws(StorageError) -> [Result<KeyValueReply, StorageError>] {
        let plan = try plan(batch, operation: "atomically")
        // One command is one step already.
        guard plan.commands.count > 1 else {
            let replies = try await send(plan.commands, plan, operation: "atomically")
            return try results(plan, replies, operation: "atomically")
        }
        let begin = RedisCommand([RedisWord.multi], effect: .reads)
        let end = RedisCommand([RedisWord.exec], effect: .reads)
        let replies = try await send(
            [begin] + plan.commands + [end], plan, operation: "atomically")
        let outcome = TransactionReplies(replies)
        do throws(StorageError) {
            return try results(plan, try outcome.elements(), operation: "atomically")
        } catch {
            throw error.adding(operation: "atomically", store: core.name)
        }
    }
}

extension RedisStore {
    /// The operations of a batch and the commands of those that have to be sent.
    private struct Plan {
        let operations: [KeyValueOperation]
        /// Those that have to be sent, which nearly always are all, and the command of each.
        var sent: [KeyValueOperation]
        var commands: [RedisCommand] = []

        init(operations: [KeyValueOperation]) { (self.operations, sent) = (operations, operations) }
    }

    private func plan(
        _ batch: KeyValueBatch<Self>, operation name: String
    ) throws(StorageError) -> Plan {
        do throws(StorageError) {
            try batch.check(against: limits)
            var plan = Plan(operations: batch.operations)
            // By their places: taking an operation out would copy it.
            if plan.sent.indices.contains(where: { plan.sent[$0].immediateReply != nil }) {
                plan.sent = batch.operations.filter { $0.immediateReply == nil }
            }
            plan.commands.reserveCapacity(plan.sent.count)
            for place in plan.sent.indices {
                plan.commands.append(try core.command(for: plan.sent[place]))
            }
            return plan
        } catch {
            throw error.adding(operation: name, store: core.name)
        }
    }

    private func send(
        _ commands: [RedisCommand], _ plan: Plan, operation: String
    ) async throws(StorageError) -> [RedisReply] {
        do throws(StorageError) {
            return try await core.node.send(
                commands, effect: core.effect(ofBatch: plan.sent), timeout: operationTimeout)
        } catch {
            throw error.renamed(operation: operation, store: core.name)
        }
    }

    /// The result of each operation, those that were not sent in their places.
    private func results(
        _ plan: Plan, _ replies: consuming [RedisReply], operation name: String
    ) throws(StorageError) -> [Result<KeyValueReply, StorageError>] {
        guard replies.count == plan.commands.count else {
            throw StorageError(
                code: .corrupted, message: "the server gave another number of replies than asked",
                operation: name, store: core.name, mayHaveBeenApplied: true)
        }
        var left = replies
        left.reverse()
        return plan.operations.map { operation in
            if let reply = operation.immediateReply { return .success(reply) }
            guard let reply = left.popLast() else {
                return .failure(StorageError(code: .internalError, message: "no reply was left"))
            }
            let command = plan.commands[plan.commands.count - left.count - 1]
            return Result { () throws(StorageError) in
                try answer(to: operation, in: reply, of: command)
            }
        }
    }
}
