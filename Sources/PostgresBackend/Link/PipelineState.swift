internal import StorageKit

/// What is under way on a connection, as a value: which exchanges wait to be sent, which are sent
/// and whose answers come next, and what a request to stop may hit.
///
/// ```
///   submit ──▶ pending ──▶ sent: │ head ── … ── last │ ──▶ over, when its sync has come
///                 ▲                │
///                 └── putBack ─────┘ hit by somebody else's stop
/// ```
///
/// ## Stopping
///
/// PostgreSQL stops a process and not a statement: a request that arrives late stops what comes
/// after. So
///
/// * only the head is stopped; one behind it waits until it is the head;
/// * while a request is on its way nothing is sent;
/// * what was sent behind the head is exposed: when it is stopped by mistake it has changed
///   nothing, and is put back.
///
/// ## Alone
///
/// COPY is not possible in libpq's pipeline mode. An exchange that needs the connection to itself
/// is sent when all before it are over, and nothing is sent behind it until it is over.
struct PipelineState<Exchange: PipelineMember>: Sendable {
    /// What a part of an exchange is to the server.
    enum Part: Sendable {
        /// Something that has no result of interest.
        case silent
        /// The end of a prepared statement of this name.
        case release(String)
        /// The preparation of a statement.
        case preparation(PostgresStatement.Key, StatementCache.Entry)
        /// The run of a step.
        case step(Int, StatementCache.Entry?)
    }

    /// An exchange that is sent.
    struct Entry: Sendable {
        let exchange: Exchange
        let parts: [Part]
        var position = 0
        /// Whether results of the present part have been asked for.
        var hasBegun = false
        /// Whether a stop that was meant for an earlier one may hit it.
        var isExposed = false
        /// Whether it is to be stopped when its turn comes.
        var isUnwanted = false

        /// Whether a statement is prepared by this very exchange.
        func prepares(_ prepared: StatementCache.Entry) -> Bool {
            parts.contains { part in
                if case .preparation(_, let entry) = part { entry === prepared } else { false }
            }
        }

        /// The part whose results come next; `nil` for the sync.
        var part: Part? { position < parts.count ? parts[position] : nil }
    }

    /// What is to be done to stop an exchange.
    enum Stop: Hashable, Sendable {
        /// It had not been sent, and is taken out.
        case removed
        /// Send a request.
        case request
        /// Nothing now: its turn has not come, or a request is under way.
        case wait
        /// It is not here any more, or not yet.
        case absent
    }

    private var pending = FIFO<Exchange>()
    private var sent = FIFO<Entry>()
    /// Whether a request to stop is on its way.
    private(set) var isStopping = false

    var head: Entry? { sent.first }
    var count: Int { pending.count + sent.count }
    /// All that is here, what was sent first; linear.
    var exchanges: [Exchange] { sent.all.map(\.exchange) + pending.all }

    mutating func submit(_ exchange: Exchange) { pending.append(exchange) }

    /// What is to be sent next, if anything may be.
    mutating func nextToSend() -> Exchange? {
        guard !isStopping, head?.exchange.needsLinkAlone != true else { return nil }
        if pending.first?.needsLinkAlone == true, head != nil { return nil }
        return pending.popFirst()
    }

    /// - Parameter isUnwanted: Whether it is to be stopped when its turn comes.
    mutating func didSend(_ exchange: Exchange, _ parts: [Part], isUnwanted: Bool = false) {
        sent.append(Entry(exchange: exchange, parts: parts, isUnwanted: isUnwanted))
    }

    /// The results of the head's present part have been asked for.
    mutating func begin() { sent.modifyFirst { $0.hasBegun = true } }

    /// All results of the head's present part have come.
    mutating func endPart() {
        sent.modifyFirst { entry in
            entry.position += 1
            entry.hasBegun = false
        }
    }

    /// The head's sync has come: it is over.
    mutating func endHead() -> Entry? {
        sent.popFirst()
    }

    /// Sends an exchange anew.
    mutating func putBack(_ exchange: Exchange) { pending.prepend(exchange) }

    /// Stops an exchange.
    ///
    /// - Parameter mayRemove: Whether it may be left out when it has not been sent. One that begins
    ///   a transaction for others behind it may not.
    mutating func stop(_ exchange: Exchange, mayRemove: Bool = true) -> Stop {
        if mayRemove, !pending.remove(where: { $0 === exchange }).isEmpty { return .removed }
        var isSent = false
        sent.modifyEach { entry in
            guard entry.exchange === exchange else { return }
            entry.isUnwanted = true
            isSent = true
        }
        guard isSent else { return .absent }
        return beginStopping() ? .request : .wait
    }

    /// Whether to send a request, which is then on its way.
    ///
    /// It may be asked again for the same head: a request that came before its statement has
    /// stopped nothing.
    mutating func beginStopping() -> Bool {
        guard !isStopping, let head, head.isUnwanted else { return false }
        isStopping = true
        sent.modifyEach { $0.isExposed = true }
        return true
    }

    /// The request has arrived.
    mutating func didStop() { isStopping = false }

    /// Takes everything out, since the connection is lost.
    mutating func removeAll() -> (sent: [Entry], pending: [Exchange]) {
        (sent.removeAll(), pending.removeAll())
    }
}
