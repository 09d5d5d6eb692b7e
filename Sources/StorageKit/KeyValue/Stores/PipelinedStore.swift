/// A store that takes many commands in one round trip.
///
/// ```swift
/// let (name, visits) = try await store.pipeline {
///     ($0.get("user:1:name"), $0.increment("page_views"))
/// }
/// print(try name.get() ?? "nobody", try visits.get())
/// ```
///
/// The commands are done in their order, each with a result of its own; a failure of one does not
/// keep the next from being done. Those of others may come in between: what must not be divided is
/// an ``AtomicBatchStore``'s.
public protocol PipelinedStore: KeyValueStore {
    /// Does the commands of a batch in their order; the methods of the protocol call it.
    ///
    /// One round trip. Begin with ``KeyValueBatch/check(against:)``.
    ///
    /// - Returns: As many results as there are commands.
    /// - Throws: When nothing is known of any command: refused before it was sent, or the
    ///   connection was lost.
    func replies(
        to pipeline: KeyValueBatch<Self>
    ) async throws(StorageError) -> [Result<KeyValueReply, StorageError>]
}

extension PipelinedStore {
    /// Does commands in one round trip and returns the result of each.
    ///
    /// - Throws: When nothing is known of any command: refused before it was sent, or the
    ///   connection was lost; ``StorageError/mayHaveBeenApplied`` then says whether some may have
    ///   been done.
    @discardableResult
    @inlinable
    public func pipeline<each Output>(
        _ body: (KeyValueCommands<Self>) -> (repeat KeyValueCommand<Self, each Output>)
    ) async throws(StorageError) -> (repeat Result<each Output, StorageError>) {
        let command = body(commands)
        var batch = KeyValueBatch<Self>()
        repeat batch.append(each command)
        var replies = BatchReplies(try await replies(to: batch))
        return (repeat replies.next(for: each command))
    }

    /// Does commands whose answers have one type in one round trip.
    ///
    /// - Returns: The result of each command at its position.
    /// - Throws: As the other ``pipeline(_:)``.
    @discardableResult
    @inlinable
    public func pipeline<Output>(
        _ body: (KeyValueCommands<Self>) -> [KeyValueCommand<Self, Output>]
    ) async throws(StorageError) -> [Result<Output, StorageError>] {
        let commands = body(commands)
        guard !commands.isEmpty else { return [] }
        var replies = BatchReplies(try await replies(to: KeyValueBatch(commands)))
        return commands.map { replies.next(for: $0) }
    }
}
