internal import StorageKit
internal import Synchronization

/// Who listens to which channels.
///
/// One lock for all channels: a message is put in every buffer while it is held, so that all
/// subscriptions see the messages of a channel in one order. Readers are woken after it.
final class ChannelHub: Sendable {
    /// What a subscription listens to.
    enum Topic: Sendable {
        case channels(Set<ByteString>)
        case prefix(ByteString)
    }

    typealias Buffer = SubscriptionBuffer<ChannelEvent>
    typealias Lease = SubscriptionLease<ChannelEvent>
    fileprivate typealias Listeners = [ByteString: [ObjectIdentifier: Buffer]]

    fileprivate struct State {
        var byChannel: Listeners = [:]
        var byPrefix: Listeners = [:]
    }

    private let state = Mutex(State())

    /// Puts a message in the buffers of those who listen.
    ///
    /// - Returns: How many they are, and their readers, to be woken when no lock is held.
    func publish(
        _ message: ChannelMessage
    ) -> (count: Int, wakes: SubscriptionWakes<ChannelEvent>) {
        state.withLock { state in
            let listeners = state.listeners(to: message.channel)
            var wakes = SubscriptionWakes<ChannelEvent>()
            for listener in listeners { listener.put(.message(message), &wakes) }
            return (listeners.count, wakes)
        }
    }

    /// Subscribes, with a buffer for so many messages.
    func subscribe(to topic: Topic, capacity: Int) -> Lease {
        let buffer = Buffer(limit: capacity, operation: "subscribe")
        state.withLock { $0.set(buffer, ObjectIdentifier(buffer), topic) }
        return Lease(buffer) { self.remove(buffer, from: topic) }
    }

    private func remove(_ buffer: Buffer, from topic: Topic) {
        state.withLock { $0.set(nil, ObjectIdentifier(buffer), topic) }
        buffer.end(.success(nil))
    }

    /// Ends every subscription: there is nobody left who could publish.
    func finish() {
        let buffers = state.withLock { state in
            defer { state = State() }
            return [state.byChannel, state.byPrefix].flatMap { $0.values.flatMap(\.values) }
        }
        for buffer in buffers { buffer.end(.success(nil)) }
    }

    /// How many channels and prefixes somebody listens to; for tests.
    var topicCount: Int { state.withLock { $0.byChannel.count + $0.byPrefix.count } }
}

extension ChannelHub.State {
    fileprivate func listeners(to channel: ByteString) -> [ChannelHub.Buffer] {
        var found = byChannel[channel].map { Array($0.values) } ?? []
        for (prefix, listeners) in byPrefix where channel.hasPrefix(prefix) {
            found += listeners.values
        }
        return found
    }

    fileprivate mutating func set(
        _ buffer: ChannelHub.Buffer?, _ id: ObjectIdentifier, _ topic: ChannelHub.Topic
    ) {
        switch topic {
        case .channels(let names):
            for name in names { byChannel.set(buffer, id, name) }
        case .prefix(let prefix): byPrefix.set(buffer, id, prefix)
        }
    }
}

extension ChannelHub.Listeners {
    fileprivate mutating func set(
        _ buffer: ChannelHub.Buffer?, _ id: ObjectIdentifier, _ name: ByteString
    ) {
        self[name, default: [:]][id] = buffer
        if self[name]?.isEmpty == true { self[name] = nil }
    }
}
