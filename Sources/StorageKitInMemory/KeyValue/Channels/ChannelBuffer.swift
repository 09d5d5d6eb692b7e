internal import StorageKit
internal import Synchronization

/// The messages of one subscription that nobody has read yet, or the readers that wait for one;
/// never both.
final class ChannelBuffer: Sendable {
    fileprivate typealias Reader = CheckedContinuation<ChannelEvent?, Never>

    fileprivate struct State {
        var messages = RingBuffer<ChannelMessage>()
        var dropped = 0
        var readers = RingBuffer<Reader>()
        var isOver = false
    }

    private let capacity: Int
    private let state = Mutex(State())

    /// Creates a buffer that keeps this many messages, at least one.
    init(capacity: Int) { self.capacity = max(1, capacity) }

    /// Takes a message, and drops the oldest if there is no room.
    ///
    /// - Returns: What gives it to a reader that waits; to be called when no lock is held.
    func offer(_ message: ChannelMessage) -> (@Sendable () -> Void)? {
        state.withLock { state in
            guard !state.isOver else { return nil }
            if let reader = state.readers.popFirst() {
                return { reader.resume(returning: .message(message)) }
            }
            state.messages.append(message)
            if state.messages.count > capacity {
                _ = state.messages.popFirst()
                state.dropped += 1
            }
            return nil
        }
    }

    /// The next event, or `nil` when the subscription is over.
    func next() async -> ChannelEvent? {
        if let event = state.withLock({ $0.take() }) { return event }
        return await withCheckedContinuation { wait($0) }
    }

    /// Ends the subscription: what nobody has read is gone, and whoever waits is resumed.
    func finish() {
        let readers = state.withLock { state in
            defer { state = State(isOver: true) }
            return state.readers
        }
        for index in 0..<readers.count { readers[index].resume(returning: nil) }
    }

    private func wait(_ reader: Reader) {
        let (isAnswered, event) = state.withLock { state -> (Bool, ChannelEvent?) in
            if let event = state.take() { return (true, event) }
            if state.isOver { return (true, nil) }
            state.readers.append(reader)
            return (false, nil)
        }
        if isAnswered { reader.resume(returning: event) }
    }
}

extension ChannelBuffer.State {
    /// What was dropped is said before the next message.
    fileprivate mutating func take() -> ChannelEvent? {
        if dropped > 0 {
            defer { dropped = 0 }
            return .dropped(dropped)
        }
        return messages.popFirst().map(ChannelEvent.message)
    }
}
