public import StorageKit

/// A key-value store with one defect: what the conformance kit is tested with.
public struct BrokenKeyValueStore: ExpiringKeyValueStore, ConditionalWriteStore,
    AtomicCounterStore, HashStore, SortedSetStore, SetStore
{
    /// The store that would do it right.
    public let model: ModelKeyValueStore

    private let behaviour: KeyValueMisbehaviour

    /// Breaks a model.
    public init(_ model: ModelKeyValueStore, _ defect: KeyValueDefect) {
        self.model = model
        behaviour = defect.makeBehaviour()
    }

    /// The model's limits.
    public var limits: KeyValueLimits { model.limits }

    /// Answers as the defect does, and rightly where the defect does not care.
    public func perform<Output>(
        _ command: KeyValueCommand<Self, Output>
    ) async throws(StorageError) -> Output {
        if let reply = try await behaviour.answer?(model, command.operation) {
            return try command.output(of: reply)
        }
        return try command.output(of: try await model.reply(to: command.operation))
    }

    /// Reads as the defect does.
    public func get(_ key: ByteString) async throws(StorageError) -> ByteString? {
        if let value = try await behaviour.get?(model, key) { return value }
        return try await perform(commands.get(key))
    }
}

extension BrokenKeyValueStore: PipelinedStore, AtomicBatchStore {
    /// Answers a pipeline as the defect does.
    public func replies(
        to pipeline: KeyValueBatch<Self>
    ) async throws(StorageError) -> [Result<KeyValueReply, StorageError>] {
        if let replies = try await behaviour.pipeline?(model, pipeline.operations) {
            return replies
        }
        try pipeline.check(against: limits)
        return try await model.replies(to: pipeline.operations)
    }

    /// Answers a batch as the defect does.
    public func atomicReplies(
        to batch: KeyValueBatch<Self>
    ) async throws(StorageError) -> [Result<KeyValueReply, StorageError>] {
        if let replies = try await behaviour.batch?(model, batch.operations) { return replies }
        try batch.check(against: limits)
        return try await model.replies(to: batch.operations, named: "atomically")
    }
}

extension BrokenKeyValueStore: BlockingListStore {
    /// Waits as the defect does.
    public func listPop(
        fromFirstOf keys: [ByteString], _ end: ListEnd, waitingUpTo time: Duration
    ) async throws(StorageError) -> ListElement? {
        try await outcome(KeyValueWait(keys: keys, end: end, target: nil, time: time))
    }

    /// Waits as the defect does.
    public func listMove(
        from source: ByteString, _ sourceEnd: ListEnd, to target: ByteString,
        _ targetEnd: ListEnd, waitingUpTo time: Duration
    ) async throws(StorageError) -> ByteString? {
        let wait = KeyValueWait(
            keys: [source], end: sourceEnd, target: (target, targetEnd), time: time)
        return try await outcome(wait)?.value
    }

    private func outcome(_ wait: KeyValueWait) async throws(StorageError) -> ListElement? {
        if let outcome = try await behaviour.wait?(model, wait) { return try outcome.get() }
        return try await wait.outcome(on: model)
    }
}

extension BrokenKeyValueStore: PublishSubscribeStore {
    /// Subscribes as the defect does.
    public func subscribe(
        to channels: [ByteString]
    ) async throws(StorageError) -> BrokenSubscription {
        try await subscription(.names(channels))
    }

    /// Subscribes as the defect does.
    public func subscribe(
        toChannelsWithPrefix prefix: ByteString
    ) async throws(StorageError) -> BrokenSubscription {
        try await subscription(.prefix(prefix))
    }

    private func subscription(
        _ selection: ChannelSelection
    ) async throws(StorageError) -> BrokenSubscription {
        if let broken = try await behaviour.subscribe?(model, selection) { return broken }
        return BrokenSubscription(try await selection.subscription(on: model))
    }
}
