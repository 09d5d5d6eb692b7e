/// The replies to a batch, given out one command after the other.
@usableFromInline
struct BatchReplies {
    @usableFromInline
    var replies: [Result<KeyValueReply, StorageError>].Iterator

    @inlinable
    init(_ replies: [Result<KeyValueReply, StorageError>]) { self.replies = replies.makeIterator() }

    @inlinable
    mutating func next<Store, Output>(
        for command: KeyValueCommand<Store, Output>
    ) -> Result<Output, StorageError> {
        guard let reply = replies.next() else {
            return .failure(
                StorageError(
                    code: .internalError,
                    message: "the store gave fewer replies than there were commands",
                    mayHaveBeenApplied: true))
        }
        return Result { () throws(StorageError) in try command.output(of: reply.get()) }
    }
}
