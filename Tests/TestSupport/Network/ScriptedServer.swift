import Foundation
import Synchronization

/// A server that says the same to everybody: what listens where another one was expected.
///
/// It waits for a first byte of each connection, sends its bytes, and then does as it was told. One
/// thread accepts, and each connection has another; they end with ``stop()`` or the last reference.
package final class ScriptedServer: Sendable {
    /// What follows the bytes.
    package enum Afterwards: Sendable {
        /// The connection is closed.
        case closes
        /// Nothing; the connection stays until the client closes it.
        case stays
        /// The bytes again, until the client closes the connection.
        case repeats
    }

    package let port: UInt16
    private let listener: Descriptor
    private let state: State

    private final class State: Sendable {
        let isOver = Atomic<Bool>(false)
        let accepted = Atomic<Int>(0)
        let sentBytes = Atomic<Int>(0)
    }

    package init(saying bytes: [UInt8], then afterwards: Afterwards) throws {
        port = try LoopbackPort.free()
        listener = try Sockets.listen(at: port)
        state = State()
        Thread.detachNewThread { [listener, state] in
            Self.serve(listener, state, bytes, afterwards)
        }
    }

    deinit { stop() }

    /// How many connections it has accepted.
    package var accepted: Int { state.accepted.load(ordering: .sequentiallyConsistent) }

    /// How many bytes the system has taken from it.
    package var sentBytes: Int { state.sentBytes.load(ordering: .sequentiallyConsistent) }

    /// Ends the threads and closes the port.
    package func stop() { state.isOver.store(true, ordering: .sequentiallyConsistent) }

    private static func serve(
        _ listener: Descriptor, _ state: State, _ bytes: [UInt8], _ afterwards: Afterwards
    ) {
        while wait(for: listener, POLLIN, state) {
            guard let connection = Sockets.accept(from: listener) else { continue }
            state.accepted.add(1, ordering: .sequentiallyConsistent)
            Thread.detachNewThread { converse(connection, state, bytes, afterwards) }
        }
        listener.close()
    }

    private static func converse(
        _ connection: Descriptor, _ state: State, _ bytes: [UInt8], _ afterwards: Afterwards
    ) {
        defer { connection.close() }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        guard wait(for: connection, POLLIN, state) else { return }
        guard case .bytes = connection.read(into: &buffer) else { return }
        repeat {
            guard send(bytes, to: connection, state) else { return }
        } while afterwards == .repeats
        guard afterwards == .stays else { return }
        while wait(for: connection, POLLIN, state) {
            guard case .bytes = connection.read(into: &buffer) else { return }
        }
    }

    private static func send(
        _ bytes: [UInt8], to connection: Descriptor, _ state: State
    ) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            switch connection.write(rest) {
            case .bytes(let count):
                rest = rest.dropFirst(count)
                state.sentBytes.add(count, ordering: .sequentiallyConsistent)
            case .nothing: guard wait(for: connection, POLLOUT, state) else { return false }
            case .end, .failure: return false
            }
        }
        return true
    }

    /// Waits until something can be done; `false` when the server is to end.
    private static func wait(for descriptor: Descriptor, _ events: Int32, _ state: State) -> Bool {
        while !state.isOver.load(ordering: .sequentiallyConsistent) {
            var entry = pollfd(fd: descriptor.number, events: Int16(events), revents: 0)
            if poll(&entry, 1, 20) > 0 { return true }
        }
        return false
    }
}
