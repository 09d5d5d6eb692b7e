import Foundation

/// Free ports of the loopback interface that stay free.
///
/// They are drawn from below the range that the system takes ports for outgoing connections from
/// (32768 and up on Linux, 49152 on Apple's systems). A port of that range may be taken by any
/// connection between the end of a server and its next start, and worse: a client that keeps trying
/// to reach a dead server there is sooner or later given that very port for its own end, and is
/// connected with itself.
package enum LoopbackPort {
    /// A port that nobody listens at.
    ///
    /// Another process may take it before it is used; whoever starts a server tries again then.
    package static func free() throws -> UInt16 {
        for _ in 0..<100 {
            let port = UInt16.random(in: 20_000..<30_000)
            if (try? Sockets.listen(at: port)) != nil { return port }
        }
        throw TestFailure("no free port found on the loopback interface")
    }
}
