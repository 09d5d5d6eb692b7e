public import StorageKit

/// What a broken key-value store does otherwise than the model: nothing, where there is `nil`.
public struct KeyValueMisbehaviour: Sendable {
    /// Answers an operation, or leaves it to the model.
    public typealias Answer =
        @Sendable (ModelKeyValueStore, KeyValueOperation) async throws(StorageError)
        -> KeyValueReply?
    /// Answers the operations of a pipeline or batch, or leaves them to the model.
    public typealias Answers =
        @Sendable (ModelKeyValueStore, [KeyValueOperation]) async throws(StorageError)
        -> [Result<KeyValueReply, StorageError>]?
    /// Waits for a list, or leaves it to the model.
    public typealias Wait =
        @Sendable (ModelKeyValueStore, KeyValueWait) async throws(StorageError)
        -> Result<ListElement?, StorageError>?
    /// Subscribes to names or to a prefix, or leaves it to the model.
    public typealias Subscribe =
        @Sendable (ModelKeyValueStore, ChannelSelection) async throws(StorageError)
        -> BrokenSubscription?

    /// What single commands get.
    public var answer: Answer?
    /// What `get` of one key gets, where it is not what the command gets.
    public var get:
        (
            @Sendable (ModelKeyValueStore, ByteString) async throws(StorageError)
                -> ByteString??
        )?
    /// What pipelines get.
    public var pipeline: Answers?
    /// What atomic batches get.
    public var batch: Answers?
    /// What waits get.
    public var wait: Wait?
    /// What subscriptions get.
    public var subscribe: Subscribe?

    /// Creates a behaviour that is the model's.
    public init() {}
}
