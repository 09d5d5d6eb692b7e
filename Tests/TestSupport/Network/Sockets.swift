import Foundation

/// Stream sockets of this machine.
enum Sockets {
    /// A socket that listens at the port of the loopback interface; accepting does not block.
    static func listen(at port: UInt16) throws -> Descriptor {
        let socket = try make(AF_INET).nonBlocking()
        // What is left of closed connections must not keep the next server from the port.
        set(socket, SO_REUSEADDR)
        guard withLoopback(port, { bind(socket.number, $0, $1) }) == 0 else {
            throw TestFailure.system("bind to port \(port)")
        }
        guard Foundation.listen(socket.number, 128) == 0 else {
            throw TestFailure.system("listen at port \(port)")
        }
        return socket
    }

    /// The next connection that waits, not blocking; `nil` when there is none.
    static func accept(from listener: Descriptor) -> Descriptor? {
        let number = Foundation.accept(listener.number, nil, nil)
        guard number >= 0 else { return nil }
        return prepare(Descriptor(owning: number)).nonBlocking()
    }

    /// A connection to a port of the loopback interface.
    ///
    /// One that does not block may still be on its way, and tells of a failure when it is read.
    static func connect(to port: UInt16, blocking: Bool) throws -> Descriptor {
        let socket = blocking ? try make(AF_INET) : try make(AF_INET).nonBlocking()
        let code = withLoopback(port) { Foundation.connect(socket.number, $0, $1) }
        guard code == 0 || (!blocking && errno == EINPROGRESS) else {
            throw TestFailure.system("connect to port \(port)")
        }
        return socket
    }

    static func connect(toSocketAt path: String) throws -> Descriptor {
        let socket = try make(AF_UNIX)
        let code = try withPath(path) { Foundation.connect(socket.number, $0, $1) }
        guard code == 0 else { throw TestFailure.system("connect to \(path)") }
        return socket
    }

    /// Lets reads and writes wait as long as is patient, and no longer.
    static func limitWaiting(_ socket: Descriptor) {
        var time = timeval(tv_sec: Int(Waiting.limit.components.seconds), tv_usec: 0)
        let size = socklen_t(MemoryLayout.size(ofValue: time))
        setsockopt(socket.number, SOL_SOCKET, SO_RCVTIMEO, &time, size)
        setsockopt(socket.number, SOL_SOCKET, SO_SNDTIMEO, &time, size)
    }

    private static func make(_ family: Int32) throws -> Descriptor {
        #if canImport(Glibc)
        let kind = Int32(SOCK_STREAM.rawValue)
        #else
        let kind = SOCK_STREAM
        #endif
        let number = socket(family, kind, 0)
        guard number >= 0 else { throw TestFailure.system("socket") }
        return prepare(Descriptor(owning: number))
    }

    private static func prepare(_ socket: Descriptor) -> Descriptor {
        #if canImport(Darwin)
        set(socket, SO_NOSIGPIPE)
        #endif
        return socket.closeOnExec()
    }

    private static func set(_ socket: Descriptor, _ option: Int32) {
        var on: Int32 = 1
        setsockopt(socket.number, SOL_SOCKET, option, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    private typealias Call = (UnsafePointer<sockaddr>, socklen_t) -> Int32

    private static func withLoopback(_ port: UInt16, _ call: Call) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return withUnsafeBytes(of: &address) { pass($0, to: call) }
    }

    private static func withPath(_ path: String, _ call: Call) throws -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw TestFailure("\(path) is too long for a socket")
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return withUnsafeBytes(of: &address) { pass($0, to: call) }
    }

    private static func pass(_ address: UnsafeRawBufferPointer, to call: Call) -> Int32 {
        address.withMemoryRebound(to: sockaddr.self) { view in
            view.baseAddress.map { call($0, socklen_t(address.count)) } ?? -1
        }
    }
}
