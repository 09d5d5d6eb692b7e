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

    fileprivate typealias Listeners = [ByteString: [ObjectIdentifier: ChannelBuffer]]

    fileprivate struct State {
        var byChannel: Listeners = [:]
        var byPrefix: Listeners = [:]
    }

    private let state = Mutex(State())

    /// Puts a message in the buffers of those who listen.
    ///
    /// - Returns: How many they are, and what wakes their readers.
    func publish(_ message: ChannelMessage) -> (count: Int, wake: [@Sendable () -> Void]) {
        state.withLock { state in
            let listeners = state.listeners(to: message.channel)
            return (listeners.count, listeners.compactMap { $0.offer(message) })
        }
    }

    func add(_ buffer: ChannelBuffer, to topic: Topic) {
        state.withLock { $0.set(buffer, ObjectIdentifier(buffer), topic) }
    }

    func remove(_ buffer: ChannelBuffer, from topic: Topic) {
        state.withLock { $0.set(nil, ObjectIdentifier(buffer), topic) }
    }

    /// Ends every subscription: there is nobody left who could publish.
    func finish() {
        let buffers = state.withLock { state in
            defer { state = State() }
            return [state.byChannel, state.byPrefix].flatMap { $0.values.flatMap(\.values) }
        }
        for buffer in buffers { buffer.finish() }
    }

    /// How many channels and prefixes somebody listens to; for tests.
    var topicCount: Int { state.withLock { $0.byChannel.count + $0.byPrefix.count } }
}

extension ChannelHub.State {
    fileprivate func listeners(to channel: ByteString) -> [ChannelBuffer] {
        var found = byChannel[channel].map { Array($0.values) } ?? []
        for (prefix, listeners) in byPrefix where channel.hasPrefix(prefix) {
            found += listeners.values
        }
        return found
    }

    fileprivate mutating func set(
        _ buffer: ChannelBuffer?, _ id: ObjectIdentifier, _ topic: ChannelHub.Topic
    ) {
        switch topic {
        case .channels(let names):
            for name in names { byChannel.set(buffer, id, name) }
        case .prefix(let prefix): byPrefix.set(buffer, id, prefix)
        }
    }
}

extension [ByteString: [ObjectIdentifier: ChannelBuffer]] {
    fileprivate mutating func set(
        _ buffer: ChannelBuffer?, _ id: ObjectIdentifier, _ name: ByteString
    ) {
        self[name, default: [:]][id] = buffer
        if self[name]?.isEmpty == true { self[name] = nil }
    }
}
