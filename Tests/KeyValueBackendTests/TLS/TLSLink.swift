import Foundation
import StorageKit
import Testing

@testable import KeyValueBackend

/// A TLS channel driven with `poll`, straight to a server or through a ``TLSRelay``.
final class TLSLink {
    let channel: TLSChannel
    let relay: TLSRelay?

    init(_ channel: TLSChannel, _ relay: TLSRelay? = nil) {
        self.channel = channel
        self.relay = relay
    }

    /// Straight to the server.
    init(_ server: TLSTestServer, host: String = "localhost", _ options: RedisTLSOptions) throws {
        relay = nil
        channel = try TLSChannel(
            descriptor: server.connect(), host: host, context: TLSContext(options))
    }

    /// Through the relay.
    init(_ relay: TLSRelay, host: String = "localhost", _ options: RedisTLSOptions) throws {
        self.relay = relay
        channel = try TLSChannel(
            descriptor: relay.clientEnd, host: host, context: TLSContext(options))
    }

    func handshake() throws {
        let progress = try settled { try channel.advanceHandshake() }
        #expect(progress == .done(0))
    }

    /// Sends everything, and meanwhile receives, until this many bytes have come.
    func exchange(_ bytes: [UInt8], expecting count: Int) throws -> [UInt8] {
        var sent = 0
        var received: [UInt8] = []
        received.reserveCapacity(count)
        while true {
            var waits: Set<ChannelWait> = []
            while sent < bytes.count, waits.isEmpty {
                let progress = try bytes.withUnsafeBytes {
                    try channel.write(UnsafeRawBufferPointer(rebasing: $0[sent...]))
                }
                if case .done(let more) = progress {
                    sent += more
                } else {
                    waits.insert(.init(progress))
                }
            }
            var isDrained = false
            while received.count < count, !isDrained {
                let progress = try read(into: &received)
                try #require(progress != .endOfStream)
                if case .done = progress { continue }
                waits.insert(.init(progress))
                isDrained = true
            }
            if sent == bytes.count, received.count >= count { return received }
            try wait(for: waits)
        }
    }

    /// Receives until the stream ends or fails.
    func drain() throws -> [UInt8] {
        var received: [UInt8] = []
        while try settled({ try read(into: &received) }) != .endOfStream {}
        return received
    }

    func read(into received: inout [UInt8]) throws -> ChannelProgress {
        try withUnsafeTemporaryAllocation(byteCount: 40_000, alignment: 1) { buffer in
            let progress = try channel.read(into: buffer)
            if case .done(let count) = progress { received.append(contentsOf: buffer[..<count]) }
            return progress
        }
    }

    /// Repeats the call, as its owner would, until it wants nothing.
    func settled(_ call: () throws -> ChannelProgress) throws -> ChannelProgress {
        while true {
            let progress = try call()
            guard progress == .wantsToRead || progress == .wantsToWrite else { return progress }
            try wait(for: [.init(progress)])
        }
    }

    /// Waits until something has come that was not read yet.
    func awaitReadable() throws { try wait(for: [.readable]) }

    private func wait(for waits: Set<ChannelWait>) throws {
        if try relay?.pump() == true { return }
        var events: Int16 = 0
        if waits.contains(.readable) { events |= Int16(POLLIN) }
        if waits.contains(.writable) { events |= Int16(POLLOUT) }
        var polled = [pollfd(fd: channel.descriptor, events: events, revents: 0)]
        if let relay {
            let events = Int16(relay.hasUnsent ? POLLIN | POLLOUT : POLLIN)
            polled.append(pollfd(fd: relay.server, events: events, revents: 0))
        }
        let limit: Int32 = relay?.cutsWhenStalled == true ? 100 : 20_000
        let ready = poll(&polled, nfds_t(polled.count), limit)
        if ready == 0, let relay, relay.cutsWhenStalled { return relay.cut() }
        try #require(ready > 0, "nothing happens any more")
    }
}

/// What a channel waits for.
enum ChannelWait: Hashable {
    case readable, writable

    init(_ progress: ChannelProgress) {
        self = progress == .wantsToWrite ? .writable : .readable
    }
}

/// Carries bytes between a channel and a server, and does to them what networks do.
final class TLSRelay {
    /// For the channel, which closes it.
    let clientEnd: Int32
    let server: Int32
    private let ours: Int32
    /// How many bytes are carried at once.
    var piece = 65_536
    /// After how many bytes from the server the connection is cut.
    var cutAfter = Int.max
    /// Which byte from the server is changed.
    var changed: Int?
    /// Whether a connection on which nothing happens is cut.
    var cutsWhenStalled = false
    private(set) var carriedFromServer = 0
    private var toServer: [UInt8] = []
    private var toClient: [UInt8] = []
    private var isCut = false
    private var hasServerEnded = false

    /// Whether something is left for the server.
    var hasUnsent: Bool { !toServer.isEmpty }

    /// - Parameters:
    ///   - server: A connected, non-blocking socket, closed with the relay; `nil` for none.
    ///   - bufferSize: How much the socket between channel and relay holds.
    init(to server: Int32, bufferSize: Int32? = nil) throws {
        self.server = server
        (clientEnd, ours) = try Self.pair()
        if var bufferSize {
            let length = socklen_t(MemoryLayout<Int32>.size)
            for descriptor in [clientEnd, ours] {
                setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &bufferSize, length)
            }
        }
    }

    deinit {
        cut()
        close(server)
    }

    static func pair() throws -> (Int32, Int32) {
        var ends: [Int32] = [-1, -1]
        #if canImport(Darwin)
        let kind = SOCK_STREAM
        #else
        let kind = Int32(SOCK_STREAM.rawValue)
        #endif
        try #require(socketpair(AF_UNIX, kind, 0, &ends) == 0)
        ends.forEach(makeNonBlocking)
        return (ends[0], ends[1])
    }

    func cut() {
        if !isCut { close(ours) }
        isCut = true
    }

    /// Carries what is there; whether that was anything.
    func pump() throws -> Bool {
        guard !isCut else { return false }
        var moved = take(from: ours, into: &toServer) > 0
        let taken = hasServerEnded ? 0 : take(from: server, into: &toClient)
        for index in toClient.indices.suffix(max(taken, 0))
        where carriedFromServer + index - (toClient.count - taken) == changed {
            toClient[index] ^= 0x55
        }
        let excess = carriedFromServer + taken - cutAfter
        if excess >= 0 { toClient.removeLast(min(excess, toClient.count)) }
        carriedFromServer += taken
        moved = give(&toServer, to: server) || moved || taken > 0
        moved = give(&toClient, to: ours) || moved
        if excess >= 0 || hasServerEnded, toClient.isEmpty { cut() }
        return moved
    }

    private func take(from descriptor: Int32, into buffer: inout [UInt8]) -> Int {
        guard buffer.count < piece else { return 0 }
        return withUnsafeTemporaryAllocation(byteCount: piece, alignment: 1) { space in
            let result = recv(descriptor, space.baseAddress, piece, 0)
            if result == 0, descriptor == server { hasServerEnded = true }
            let count = max(0, result)
            buffer.append(contentsOf: space[..<count])
            return count
        }
    }

    private func give(_ buffer: inout [UInt8], to descriptor: Int32) -> Bool {
        let flags = Int32(MSG_NOSIGNAL)
        let count = buffer.withUnsafeBytes {
            send(descriptor, $0.baseAddress, min($0.count, piece), flags)
        }
        guard count > 0 else { return false }
        buffer.removeFirst(count)
        return true
    }
}
