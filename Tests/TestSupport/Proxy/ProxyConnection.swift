/// A client's connection and the one to the server that belongs to it.
///
/// A class, so that a lane's bytes are changed in place; it never leaves the proxy's thread.
final class ProxyConnection {
    let number: Int
    private(set) var fromClient: ProxyLane
    private(set) var fromServer: ProxyLane

    init(number: Int, client: Descriptor, server: Descriptor) {
        self.number = number
        fromClient = ProxyLane(from: client, to: server)
        fromServer = ProxyLane(from: server, to: client)
    }

    var client: Descriptor { fromClient.source }
    var server: Descriptor { fromServer.source }
    var isDone: Bool { fromClient.isDone && fromServer.isDone }

    /// Moves what can be moved without waiting, in both directions.
    func pump(
        _ clientFlow: inout ProxyFlow, _ serverFlow: inout ProxyFlow, _ buffer: inout [UInt8]
    ) -> ProxyLane.Outcome {
        let outcome = fromClient.pump(&clientFlow, &buffer)
        guard outcome == .goesOn else { return outcome }
        return fromServer.pump(&serverFlow, &buffer)
    }
}
