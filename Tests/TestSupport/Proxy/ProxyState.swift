import Foundation

/// Everything a ``TCPProxy`` has, owned by its thread.
struct ProxyState {
    var waiters: [ProxyWaiter] = []
    private let server: UInt16
    private var listener: Descriptor?
    private var connections: [ProxyConnection] = []
    /// Ends of clients that have been told the end of the stream and may still send.
    private var parting: [Descriptor] = []
    private var accepted = 0
    private var fromClient = ProxyFlow()
    private var fromServer = ProxyFlow()
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)

    init(listener: Descriptor, server: UInt16) {
        self.listener = listener
        self.server = server
    }

    subscript(direction: TCPProxy.Direction) -> ProxyFlow {
        get { direction == .fromClient ? fromClient : fromServer }
        set { if direction == .fromClient { fromClient = newValue } else { fromServer = newValue } }
    }

    var counts: ProxyCounts {
        ProxyCounts(
            accepted: accepted, open: connections.count, fromClient: fromClient.bytes,
            fromServer: fromServer.bytes)
    }
}

// What the test asks for.
extension ProxyState {
    mutating func cut(_ ending: TCPProxy.Ending, connection number: Int?) {
        acceptAll()
        let chosen = connections.filter { number == nil || $0.number == number }
        connections.removeAll { connection in chosen.contains { $0 === connection } }
        for connection in chosen { end(connection, ending) }
    }

    /// Who was connected before the door closed stays connected.
    mutating func refuseConnections() {
        acceptAll()
        // A program that is being started has a copy of the descriptor for a moment, which would
        // keep the door open.
        listener?.shutDown()
        listener?.close()
        listener = nil
    }

    mutating func acceptConnections(at port: UInt16) throws {
        if listener == nil { listener = try Sockets.listen(at: port) }
    }

    /// The last thing that is done.
    mutating func closeAll() {
        listener?.close()
        for connection in connections { connection.close() }
        for socket in parting { socket.close() }
        for waiter in waiters { waiter.fail("it was stopped") }
    }
}

// What the thread does.
extension ProxyState {
    /// What poll(2) is to wait for.
    ///
    /// A socket of which nothing is wanted is left out: its end would be reported again and again.
    var interests: [pollfd] {
        var sockets: [(Descriptor, reads: Bool, writes: Bool)] = []
        if let listener { sockets.append((listener, true, false)) }
        for connection in connections {
            let (fromClient, fromServer) = (connection.fromClient, connection.fromServer)
            let writesToClient = fromServer.wantsToWrite(self.fromServer)
            let writesToServer = fromClient.wantsToWrite(self.fromClient)
            sockets.append((connection.client, fromClient.wantsToRead, writesToClient))
            sockets.append((connection.server, fromServer.wantsToRead, writesToServer))
        }
        sockets += parting.map { ($0, true, false) }
        return sockets.filter { $0.reads || $0.writes }.map { socket, reads, writes in
            let events = (reads ? Int32(POLLIN) : 0) | (writes ? Int32(POLLOUT) : 0)
            return pollfd(fd: socket.number, events: Int16(events), revents: 0)
        }
    }

    /// Does what can be done without waiting.
    mutating func advance() {
        acceptAll()
        var kept: [ProxyConnection] = []
        for connection in connections where advance(connection) { kept.append(connection) }
        connections = kept
        let stillParting = parting.filter { !isOver($0) }
        parting = stillParting
    }

    mutating func answerWaiters(at now: ContinuousClock.Instant) {
        let counts = counts
        waiters.removeAll { $0.answer(counts, at: now) }
    }

    private mutating func acceptAll() {
        while let listener, let client = Sockets.accept(from: listener) {
            accepted += 1
            guard let server = try? Sockets.connect(to: server, blocking: false) else {
                client.resetWhenClosed()
                client.close()
                continue
            }
            connections.append(
                ProxyConnection(number: accepted, client: client, server: server))
        }
    }

    /// Returns whether the connection remains.
    private mutating func advance(_ connection: ProxyConnection) -> Bool {
        switch connection.pump(&fromClient, &fromServer, &buffer) {
        case .goesOn:
            if connection.isDone { connection.close() }
            return !connection.isDone
        case .reset: end(connection, .resetting)
        case .cut(let ending): end(connection, ending)
        }
        return false
    }

    private mutating func end(_ connection: ProxyConnection, _ ending: TCPProxy.Ending) {
        switch ending {
        case .resetting:
            connection.client.resetWhenClosed()
            connection.close()
        case .closing:
            connection.server.close()
            shutdown(connection.client.number, Int32(SHUT_WR))
            parting.append(connection.client)
        }
    }

    private mutating func isOver(_ socket: Descriptor) -> Bool {
        while true {
            switch socket.read(into: &buffer) {
            case .bytes: continue
            case .nothing: return false
            case .end, .failure:
                socket.close()
                return true
            }
        }
    }
}
