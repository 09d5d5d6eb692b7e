/// A store that does several commands as one step that nobody else's commands divide.
///
/// ```swift
/// try await store.atomically {
///     ($0.hashSet("user:7", ["name": "Ana"]), $0.expire("user:7", after: .seconds(300)))
/// }
/// ```
///
/// * **Isolated.** No other client sees a state between two of the commands.
/// * **All or none reach the store.** A batch that is refused, or cut off on its way, has done
///   nothing.
/// * **No rollback.** When a command fails because of what it meets (another kind of value, a
///   counter that is no number), the others are done all the same, as in Redis. The batch then
///   throws that error, with ``StorageError/mayHaveBeenApplied`` set if there are others.
///
/// To write only if something has not changed use
/// ``ConditionalWriteStore/compareAndSet(_:from:to:)``.
public protocol AtomicBatchStore: KeyValueStore {
    /// Does the commands of a batch as one step; the methods of the protocol call it.
    ///
    /// One round trip. Begin with ``KeyValueBatch/check(against:)``.
    ///
    /// - Returns: As many results as there are commands.
    /// - Throws: When the batch was refused and nothing was done, or the connection was lost.
    func atomicReplies(
        to batch: KeyValueBatch<Self>
    ) async throws(StorageError) -> [Result<KeyValueReply, StorageError>]
}

extension AtomicBatchStore {
    /// Does commands as one step and returns the answer of each.
    ///
    /// One round trip.
    ///
    /// - Throws: The error of the first command that failed, ``StorageError/mayHaveBeenApplied``
    ///   saying that the others, if there are any, were done; or the error for which none was.
    @discardableResult
    public func atomically<each Output>(
        _ body: (KeyValueCommands<Self>) -> (repeat KeyValueCommand<Self, each Output>)
    ) async throws(StorageError) -> (repeat each Output) {
        let command = body(commands)
        var batch = KeyValueBatch<Self>()
        repeat batch.append(each command)
        var replies = BatchReplies(try await atomicReplies(to: batch))
        let count = batch.operations.count
        return (repeat try replies.next(for: each command, ofBatchOf: count))
    }

    /// Does commands whose answers have one type as one step.
    ///
    /// One round trip.
    ///
    /// - Throws: As the other ``atomically(_:)``.
    @discardableResult
    public func atomically<Output>(
        _ body: (KeyValueCommands<Self>) -> [KeyValueCommand<Self, Output>]
    ) async throws(StorageError) -> [Output] {
        let commands = body(commands)
        guard !commands.isEmpty else { return [] }
        var replies = BatchReplies(try await atomicReplies(to: KeyValueBatch(commands)))
        var outputs: [Output] = []
        outputs.reserveCapacity(commands.count)
        for command in commands {
            outputs.append(try replies.next(for: command, ofBatchOf: commands.count))
        }
        return outputs
    }
}

extension BatchReplies {
    /// The answer of a command, or its error as one of a batch of which the rest was done; what
    /// failed alone has left nothing done.
    fileprivate mutating func next<Store, Output>(
        for command: KeyValueCommand<Store, Output>, ofBatchOf count: Int
    ) throws(StorageError) -> Output {
        switch next(for: command) {
        case .success(let output): return output
        case .failure(let error):
            throw count == 1 ? error : error.changed { $0.mayHaveBeenApplied = true }
        }
    }
}
