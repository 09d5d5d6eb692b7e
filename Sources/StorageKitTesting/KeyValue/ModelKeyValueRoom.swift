import StorageKit

/// What the lock of a ``ModelKeyValueStore`` protects: the data, and who waits or listens.
struct ModelKeyValueRoom: Sendable {
    /// Somebody who waits for a list: how to try, and whom to tell.
    struct Waiter: Sendable {
        let number: Int
        /// An answer, or `nil` when there is nothing yet.
        let attempt: @Sendable (inout ModelKeyValueState) -> ModelKeyValueStore.WaitOutcome?
        let resume: @Sendable (ModelKeyValueStore.WaitOutcome) -> Void
    }

    /// A subscription: what it is for, and where its events go.
    struct Listener: Sendable {
        let wants: @Sendable (ByteString) -> Bool
        let deliver: @Sendable (ChannelEvent) -> Void
    }

    var state: ModelKeyValueState
    var requestCount = 0
    /// Those who wait, longest first.
    var waiters: [Waiter] = []
    var cancelledWaits: Set<Int> = []
    var listeners: [Int: Listener] = [:]
    private var lastNumber = 0
    private var deliveries: [@Sendable () -> Void] = []

    init(limits: KeyValueLimits) { state = ModelKeyValueState(limits: limits) }

    /// A number that was not given before.
    mutating func nextNumber() -> Int {
        lastNumber += 1
        return lastNumber
    }

    /// Answers an operation.
    mutating func reply(to operation: KeyValueOperation) throws(StorageError) -> KeyValueReply {
        guard case .publish(let payload, let channel) = operation else {
            return try state.reply(to: operation)
        }
        let message = ChannelEvent.message(ChannelMessage(channel: channel, payload: payload))
        let receivers = listeners.values.filter { $0.wants(channel) }
        deliveries += receivers.map { receiver in { receiver.deliver(message) } }
        return .integer(Int64(receivers.count))
    }

    /// The deliveries that are due, to be made outside the lock.
    mutating func takeDeliveries() -> [@Sendable () -> Void] {
        defer { deliveries = [] }
        return deliveries
    }

    /// Gives those who wait what has come, who waits longest first; a move may serve another.
    mutating func serveWaiters() -> [@Sendable () -> Void] {
        var served: [@Sendable () -> Void] = []
        var place = 0
        while place < waiters.count {
            guard let outcome = waiters[place].attempt(&state) else {
                place += 1
                continue
            }
            let waiter = waiters.remove(at: place)
            served.append { waiter.resume(outcome) }
            place = 0
        }
        return served
    }
}
