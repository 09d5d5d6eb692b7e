public import StorageKit

/// A key-value store that tells a closure what it was asked and how it answered.
///
/// It changes nothing else, and keeps the refinements of the store it records.
public struct RecordingKeyValueStore<Base: KeyValueStore>: KeyValueWrapper {
    /// Receives each call when it has ended, in words that are made when they are asked for.
    public typealias Recorder = @Sendable (@escaping @Sendable () -> String) -> Void

    /// The store that does the work.
    public let base: Base

    let recorder: Recorder

    /// Records a store.
    public init(_ base: Base, recorder: @escaping Recorder) {
        self.base = base
        self.recorder = recorder
    }

    /// Another store, recorded by the same recorder.
    public func wrapping(_ base: Base) -> RecordingKeyValueStore {
        RecordingKeyValueStore(base, recorder: recorder)
    }

    /// The store's answer to a command.
    public func perform<Output>(
        _ command: KeyValueCommand<Self, Output>
    ) async throws(StorageError) -> Output {
        let operation = command.operation
        return try await recorded({ "\(operation)" }) { () throws(StorageError) in
            try await base.perform(command.forwarded())
        }
    }

    /// The store's own way to read a value.
    public func get(_ key: ByteString) async throws(StorageError) -> ByteString? {
        try await recorded({ "get(\(key))" }) { () throws(StorageError) in
            try await base.get(key)
        }
    }

    func recorded<Value: Sendable>(
        _ call: @escaping @Sendable () -> String, _ body: () async throws(StorageError) -> Value
    ) async throws(StorageError) -> Value {
        do {
            let value = try await body()
            recorder { "\(shortened(call())) -> \(shortened(describe(value)))" }
            return value
        } catch {
            recorder { "\(shortened(call())) threw \(error)" }
            throw error
        }
    }
}

/// The beginning of a text that may describe a value of megabytes.
func shortened(_ text: String) -> String {
    text.utf8.count <= 400 ? text : "\(text.prefix(400))…"
}

extension RecordingKeyValueStore: ExpiringKeyValueStore where Base: ExpiringKeyValueStore {}
extension RecordingKeyValueStore: ConditionalWriteStore where Base: ConditionalWriteStore {}
extension RecordingKeyValueStore: AtomicCounterStore where Base: AtomicCounterStore {}
extension RecordingKeyValueStore: HashStore where Base: HashStore {}
extension RecordingKeyValueStore: SortedSetStore where Base: SortedSetStore {}
extension RecordingKeyValueStore: ListStore where Base: ListStore {}
extension RecordingKeyValueStore: SetStore where Base: SetStore {}

extension RecordingKeyValueStore: PipelinedStore where Base: PipelinedStore {
    /// The store's results for a pipeline.
    public func replies(
        to pipeline: KeyValueBatch<Self>
    ) async throws(StorageError) -> [Result<KeyValueReply, StorageError>] {
        try await recorded({ "pipeline \(pipeline.operations)" }) { () throws(StorageError) in
            try await base.replies(to: pipeline.forwarded())
        }
    }
}

extension RecordingKeyValueStore: AtomicBatchStore where Base: AtomicBatchStore {
    /// The store's results for a batch.
    public func atomicReplies(
        to batch: KeyValueBatch<Self>
    ) async throws(StorageError) -> [Result<KeyValueReply, StorageError>] {
        try await recorded({ "atomically \(batch.operations)" }) { () throws(StorageError) in
            try await base.atomicReplies(to: batch.forwarded())
        }
    }
}

extension RecordingKeyValueStore: BlockingListStore where Base: BlockingListStore {
    /// The store's wait for a value.
    public func listPop(
        fromFirstOf keys: [ByteString], _ end: ListEnd, waitingUpTo time: Duration
    ) async throws(StorageError) -> ListElement? {
        try await recorded({ "listPop(fromFirstOf: \(keys), \(end), waitingUpTo: \(time))" }) {
            () throws(StorageError) in
            try await base.listPop(fromFirstOf: keys, end, waitingUpTo: time)
        }
    }

    /// The store's wait for a value to move.
    public func listMove(
        from source: ByteString, _ sourceEnd: ListEnd, to target: ByteString,
        _ targetEnd: ListEnd, waitingUpTo time: Duration
    ) async throws(StorageError) -> ByteString? {
        try await recorded({ "listMove(from: \(source), to: \(target), waitingUpTo: \(time))" }) {
            () throws(StorageError) in
            try await base.listMove(
                from: source, sourceEnd, to: target, targetEnd, waitingUpTo: time)
        }
    }
}

extension RecordingKeyValueStore: PublishSubscribeStore where Base: PublishSubscribeStore {
    /// The store's subscription to channels; what it brings is not recorded.
    public func subscribe(
        to channels: [ByteString]
    ) async throws(StorageError) -> Base.Subscription {
        try await base.subscribe(to: channels)
    }

    /// The store's subscription to the channels with a prefix.
    public func subscribe(
        toChannelsWithPrefix prefix: ByteString
    ) async throws(StorageError) -> Base.Subscription {
        try await base.subscribe(toChannelsWithPrefix: prefix)
    }
}
