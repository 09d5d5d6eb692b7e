import Foundation

/// A connection that a test drives byte by byte.
///
/// Its calls block, at most as long as ``Waiting/limit``, so use it for conversations whose other
/// side answers without the test's help.
package final class PlainSocket: Sendable {
    /// How the other side ended the connection.
    package enum Ending: Equatable, Sendable {
        /// In order: everything sent before has been read.
        case closed
        /// With a reset.
        case reset
    }

    private let socket: Descriptor

    /// Connects to a port of the loopback interface.
    package convenience init(port: UInt16) throws {
        self.init(try Sockets.connect(to: port, blocking: true))
    }

    /// Connects to a socket in the file system.
    package convenience init(path: String) throws {
        self.init(try Sockets.connect(toSocketAt: path))
    }

    private init(_ socket: Descriptor) {
        self.socket = socket
        Sockets.limitWaiting(socket)
    }

    package func write(_ text: String) throws { try write(Array(text.utf8)) }

    package func write(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            guard case .bytes(let count) = socket.write(rest) else {
                throw TestFailure.system("write")
            }
            rest = rest.dropFirst(count)
        }
    }

    /// Reads so many bytes.
    package func read(_ count: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            var buffer = [UInt8](repeating: 0, count: min(count - bytes.count, 1 << 16))
            guard case .bytes(let read) = socket.read(into: &buffer) else {
                throw TestFailure("the connection ended after \(bytes.count) of \(count) bytes")
            }
            bytes += buffer[..<read]
        }
        return bytes
    }

    /// Reads until the other side ends the connection.
    package func readToEnd() throws -> (bytes: [UInt8], ending: Ending) {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            switch socket.read(into: &buffer) {
            case .bytes(let count): bytes += buffer[..<count]
            case .end: return (bytes, .closed)
            case .failure(ECONNRESET): return (bytes, .reset)
            case .failure(let code): throw TestFailure.system("read", code)
            case .nothing: throw TestFailure("the connection did not end; \(bytes.count) bytes")
            }
        }
    }
}
