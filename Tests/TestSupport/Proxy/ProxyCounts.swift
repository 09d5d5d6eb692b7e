/// What a ``TCPProxy`` has seen.
package struct ProxyCounts: Equatable, Sendable {
    /// The bytes of one direction, over all connections.
    package struct Bytes: Equatable, Sendable {
        /// Read from the sender.
        package var received = 0
        /// Written to the receiver; less than what was received where bytes are held or lost.
        package var passed = 0
    }

    /// Connections accepted so far.
    package var accepted = 0
    /// Connections that exist.
    package var open = 0
    package var fromClient = Bytes()
    package var fromServer = Bytes()

    package init() {}

    init(accepted: Int, open: Int, fromClient: Bytes, fromServer: Bytes) {
        self.accepted = accepted
        self.open = open
        self.fromClient = fromClient
        self.fromServer = fromServer
    }
}
