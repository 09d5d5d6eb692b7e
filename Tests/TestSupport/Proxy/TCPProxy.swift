import Foundation

/// A relay between a client and a server whose faults a test switches on while it runs.
///
/// ```
///   client ──▶ 127.0.0.1:port ── fromClient ──▶ 127.0.0.1:server
///          ◀──                ◀─ fromServer ──
/// ```
///
/// Nothing here depends on time. A call returns when the relay's thread has put it into effect, so
/// what the test does next meets the fault, and every fault is stated in bytes or connections:
///
/// * ``cut(_:connection:)`` ends connections now, and ``cut(_:after:_:)`` inside a message;
/// * ``hold(_:after:)`` keeps back what is sent until ``pass(_:)``: a delay without a clock;
/// * ``swallow(_:)`` makes a half-open connection: what is sent gets lost, and nobody is told;
/// * ``refuseConnections()`` closes the door until ``acceptConnections()``.
///
/// The faults hold for all connections, those to come included. To know that something is on its
/// way before doing the next thing, wait for the counts: ``counts(until:)``.
///
/// One thread of its own moves the bytes, with poll(2), and owns every socket; it ends with
/// ``stop()`` or the last reference. Where the server cannot be reached the client's connection is
/// reset.
package final class TCPProxy: Sendable {
    /// The stream of bytes that a fault is about.
    package enum Direction: CaseIterable, Sendable {
        case fromClient
        case fromServer
    }

    /// How a connection is ended, as the client sees it.
    ///
    /// The server sees an end either way.
    package enum Ending: Sendable {
        /// In order (FIN). What the client still sends is taken and dropped, so that it sees the
        /// end and never a reset, whenever it looks.
        case closing
        /// With a reset (RST).
        case resetting
    }

    /// The port that clients connect to.
    package let port: UInt16
    private let thread: ProxyThread

    /// Starts a relay to a port of the loopback interface; the server need not be there yet.
    package init(to server: UInt16) throws {
        let (port, listener) = try Self.listen()
        self.port = port
        thread = try ProxyThread(listener: listener, server: server)
    }

    deinit { stop() }

    /// Ends every connection and the thread.
    ///
    /// The port is closed then; further calls do nothing.
    package func stop() { thread.stop() }

    /// What has gone through so far.
    package var counts: ProxyCounts { thread.perform { $0.counts } ?? ProxyCounts() }

    /// Waits until the counts are as the test wants them.
    ///
    /// - Throws: ``TestFailure`` when that has not come within half a minute, or the relay stops.
    @discardableResult
    package func counts(
        until isReached: @escaping @Sendable (ProxyCounts) -> Bool
    ) async throws -> ProxyCounts {
        try await withCheckedThrowingContinuation { continuation in
            let waiter = ProxyWaiter(isReached: isReached, continuation: continuation)
            thread.submit {
                $0.waiters.append(waiter)
            } orElse: {
                waiter.fail("it has stopped")
            }
        }
    }

    private static func listen() throws -> (UInt16, Descriptor) {
        while true {
            let port = try LoopbackPort.free()
            if let listener = try? Sockets.listen(at: port) { return (port, listener) }
        }
    }
}

extension TCPProxy {
    /// Ends connections now: all, or the one with this number.
    ///
    /// They count from 1 in the order they were accepted.
    package func cut(_ ending: Ending, connection: Int? = nil) {
        thread.perform { $0.cut(ending, connection: connection) }
    }

    /// Lets that many more bytes through in one direction, then ends the connection that carried
    /// the last of them, once.
    ///
    /// With `after: 0` the next byte is lost and the connection with it: of a request that the
    /// server has executed no part of the answer arrives.
    package func cut(_ ending: Ending, after bytes: Int, _ direction: Direction) {
        thread.perform { $0[direction].limit = .init(remaining: bytes, action: .cut(ending)) }
    }

    /// Keeps back what is sent in one direction, after letting that many more bytes through, until
    /// ``pass(_:)``.
    ///
    /// The end of the stream is kept back too.
    package func hold(_ direction: Direction, after bytes: Int = 0) {
        thread.perform { state in
            if bytes == 0 {
                state[direction].become(.holding)
            } else {
                state[direction].limit = .init(remaining: bytes, action: .hold)
            }
        }
    }

    /// Loses what is sent from now on, the end of the stream included, until ``pass(_:)``.
    ///
    /// What was held is lost too. A stream with a hole is of no use to a protocol: cut the
    /// connections before you let bytes pass again.
    package func swallow(_ directions: [Direction] = Direction.allCases) {
        thread.perform { state in
            for direction in directions { state[direction].become(.swallowing) }
        }
    }

    /// Ends holding and swallowing, and takes back a limit that has not been reached.
    package func pass(_ directions: [Direction] = Direction.allCases) {
        thread.perform { state in
            for direction in directions { state[direction].become(.passing) }
        }
    }

    /// Closes the door: connecting is refused.
    ///
    /// Connections that exist are left alone.
    package func refuseConnections() {
        thread.perform { $0.refuseConnections() }
    }

    /// Opens the door again, at the same port.
    package func acceptConnections() throws {
        let port = port
        let outcome = thread.perform { state in Result { try state.acceptConnections(at: port) } }
        try outcome?.get()
    }
}
