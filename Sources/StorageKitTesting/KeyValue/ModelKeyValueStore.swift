public import StorageKit
import Synchronization

/// The contract of the key-value family as a program: a dictionary behind one lock.
///
/// It is the reference that other stores are compared with, so it is strict (every misuse throws)
/// and simple enough to be seen to be right: whatever has to be in order is sorted when it is
/// asked for. It has every capability of the family and is no store to use: nothing is fast.
///
/// It answers operations as well as commands, so that a wrapper can change either on its way.
public final class ModelKeyValueStore: Sendable {
    /// How much one call may carry; small ones make tests of limits cheap.
    public let limits: KeyValueLimits

    let room: Mutex<ModelKeyValueRoom>
    private let now: @Sendable () -> Duration
    private let sleep: @Sendable (Duration) async throws -> Void

    /// Creates an empty model.
    ///
    /// - Parameters:
    ///   - limits: How much one call may carry.
    ///   - clock: What times to live and waits are counted by.
    public init(
        limits: KeyValueLimits = .init(), clock: some Clock<Duration> = ContinuousClock()
    ) {
        self.limits = limits
        room = Mutex(ModelKeyValueRoom(limits: limits))
        let start = clock.now
        now = { start.duration(to: clock.now) }
        sleep = { try await clock.sleep(until: clock.now.advanced(by: $0), tolerance: nil) }
    }

    /// How many requests have been made so far: a pipeline, batch or wait is one.
    public var requestCount: Int { room.withLock(\.requestCount) }

    /// Answers one operation.
    public func reply(
        to operation: KeyValueOperation
    ) async throws(StorageError) -> KeyValueReply {
        try await replies(to: [operation], named: operation.name)[0].get()
    }

    /// Answers operations in their order, as one step.
    ///
    /// - Throws: When one of them is refused whatever the store holds; then none was done.
    public func replies(
        to operations: [KeyValueOperation], named name: String = "pipeline"
    ) async throws(StorageError) -> [Result<KeyValueReply, StorageError>] {
        for operation in operations { try operation.check(against: limits) }
        guard !Task.isCancelled else { throw .cancelled(operation: name, store: "model") }
        return enter { room in
            operations.map { operation in
                Result { () throws(StorageError) in try room.reply(to: operation) }
            }
        }
    }

    /// Does something to the data at one moment, then serves those who wait for it.
    func enter<Value: Sendable>(_ body: (inout ModelKeyValueRoom) -> Value) -> Value {
        let (value, served, deliveries) = room.withLock { room in
            room.state.now = now()
            room.requestCount += 1
            let value = body(&room)
            return (value, room.serveWaiters(), room.takeDeliveries())
        }
        for waiter in served { waiter() }
        for delivery in deliveries { delivery() }
        return value
    }

    /// Suspends for as long by the model's clock.
    func wait(_ time: Duration) async throws { try await sleep(time) }
}

extension ModelKeyValueStore: KeyValueStore, ExpiringKeyValueStore, ConditionalWriteStore,
    AtomicCounterStore, HashStore, SortedSetStore, ListStore, SetStore
{
    /// Answers a command's operation.
    public func perform<Output>(
        _ command: KeyValueCommand<ModelKeyValueStore, Output>
    ) async throws(StorageError) -> Output {
        try command.output(of: try await reply(to: command.operation))
    }
}

extension ModelKeyValueStore: PipelinedStore, AtomicBatchStore {
    /// Answers the operations of a pipeline.
    public func replies(
        to pipeline: KeyValueBatch<ModelKeyValueStore>
    ) async throws(StorageError) -> [Result<KeyValueReply, StorageError>] {
        try pipeline.check(against: limits)
        return try await replies(to: pipeline.operations)
    }

    /// Answers the operations of a batch.
    public func atomicReplies(
        to batch: KeyValueBatch<ModelKeyValueStore>
    ) async throws(StorageError) -> [Result<KeyValueReply, StorageError>] {
        try batch.check(against: limits)
        return try await replies(to: batch.operations, named: "atomically")
    }
}
