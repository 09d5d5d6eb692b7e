import StorageKit

/// A link in the making: from a name to a channel on which bytes flow.
///
/// ```
///   resolving ──▶ connecting ──▶ securing ──▶ (its channel is taken)
///                  │     ▲         TLS, if any
///                  └─────┘ next address
/// ```
///
/// It belongs to the event thread. It owns its descriptor until ``takeChannel()``.
final class LinkAttempt {
    private enum Phase {
        case resolving
        case connecting(Int32)
        case securing(any ByteChannel)
        case over
    }

    /// What to wait for.
    enum Progress: Equatable {
        case waits(descriptor: Int32, readable: Bool, writable: Bool)
        /// The channel is ready to be taken.
        case connected
    }

    private let endpoint: RedisEndpoint
    /// When the whole attempt is over.
    let deadline: Moment
    private var phase = Phase.resolving
    private var addresses: ArraySlice<SocketAddress> = []
    /// When the present address has had its share of the time.
    private(set) var turn: Moment
    private var lastError: StorageError?

    init(_ endpoint: RedisEndpoint, deadline: Moment) {
        self.endpoint = endpoint
        self.deadline = deadline
        turn = deadline
    }

    /// Whether it waits for the addresses of a name.
    var isResolving: Bool {
        if case .resolving = phase { true } else { false }
    }

    /// Goes on with the addresses of the server's name.
    func resolved(_ addresses: [SocketAddress]) throws(StorageError) -> Progress {
        self.addresses = addresses[...]
        return try connectToNext()
    }

    /// Goes on after its descriptor became ready.
    func advance() throws(StorageError) -> Progress {
        switch phase {
        case .connecting(let descriptor):
            guard let error = Socket.connectError(of: descriptor) else {
                return try secure(descriptor)
            }
            lastError = error
            FileDescriptor.close(descriptor)
            return try connectToNext()
        case .securing(let channel): return try secure(channel)
        case .resolving, .over: throw Self.late
        }
    }

    /// The present address has had its time: goes on with the next one.
    func timeReached(_ now: Moment) throws(StorageError) -> Progress {
        guard now < deadline, case .connecting(let descriptor) = phase else { throw Self.late }
        lastError = Self.late
        FileDescriptor.close(descriptor)
        return try connectToNext()
    }

    /// The channel, which the caller owns from now on.
    func takeChannel() -> (any ByteChannel)? {
        guard case .securing(let channel) = phase else { return nil }
        phase = .over
        return channel
    }

    /// Closes what is open.
    func cancel() {
        switch phase {
        case .connecting(let descriptor): FileDescriptor.close(descriptor)
        case .securing(let channel): channel.close()
        case .resolving, .over: break
        }
        phase = .over
    }

    private func connectToNext() throws(StorageError) -> Progress {
        phase = .resolving
        while let address = addresses.popFirst() {
            do throws(StorageError) {
                switch try Socket.connect(to: address) {
                case .connected(let descriptor): return try secure(descriptor)
                case .underway(let descriptor): return wait(for: descriptor)
                }
            } catch {
                lastError = error
            }
        }
        throw lastError ?? StorageError(code: .unavailable, message: "the server has no address")
    }

    private func wait(for descriptor: Int32) -> Progress {
        phase = .connecting(descriptor)
        let now = Moment.now
        turn = min(deadline, now + (deadline - now) / (addresses.count + 1))
        return .waits(descriptor: descriptor, readable: false, writable: true)
    }

    private func secure(_ descriptor: Int32) throws(StorageError) -> Progress {
        turn = deadline
        phase = .over
        let channel =
            try endpoint.makeChannel?(descriptor) ?? SocketChannel(descriptor: descriptor)
        phase = .securing(channel)
        return try secure(channel)
    }

    private func secure(_ channel: any ByteChannel) throws(StorageError) -> Progress {
        switch try channel.advanceHandshake() {
        case .done: return .connected
        case .wantsToRead:
            return .waits(descriptor: channel.descriptor, readable: true, writable: false)
        case .wantsToWrite:
            return .waits(descriptor: channel.descriptor, readable: false, writable: true)
        case .endOfStream:
            throw StorageError(
                code: .unavailable, message: "the server ended the connection at its beginning")
        }
    }

    private static var late: StorageError {
        StorageError(
            code: .unavailable, message: "the server did not take the connection in time")
    }
}
