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

/// A wait for a list, as an argument.
public struct KeyValueWait: Sendable {
    /// The lists, one for a move.
    public var keys: [ByteString]
    /// Which end to take from.
    public var end: ListEnd
    /// Where to move, or `nil` for a pop.
    public var target: (key: ByteString, end: ListEnd)?
    /// How long to wait.
    public var time: Duration

    /// Waits on the model; a move gives the value with the list it came from.
    public func outcome(on model: ModelKeyValueStore) async throws(StorageError) -> ListElement? {
        guard let target else {
            return try await model.listPop(fromFirstOf: keys, end, waitingUpTo: time)
        }
        let value = try await model.listMove(
            from: keys[0], end, to: target.key, target.end, waitingUpTo: time)
        return value.map { ListElement(key: keys[0], value: $0) }
    }
}

/// Which channels a subscription is for.
public enum ChannelSelection: Hashable, Sendable {
    /// Those with these names.
    case names([ByteString])
    /// Those whose names begin so.
    case prefix(ByteString)

    /// Subscribes on the model.
    public func subscription(
        on model: ModelKeyValueStore
    ) async throws(StorageError) -> ModelSubscription {
        switch self {
        case .names(let names): try await model.subscribe(to: names)
        case .prefix(let prefix): try await model.subscribe(toChannelsWithPrefix: prefix)
        }
    }
}
