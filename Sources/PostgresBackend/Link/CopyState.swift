/// How far a COPY has come, and who waits for his turn to give more rows: a value.
///
/// ```
///   sent ──▶ taking ──▶ ending ──▶ over     rows go to the server
///     └────▶ giving ──────────────▶ over     rows come from it
/// ```
struct CopyState: Sendable {
    enum Phase: Hashable, Sendable {
        /// The server has not answered yet.
        case sent
        /// It takes rows.
        case taking
        /// It was told that there are no more, or that they are worth nothing.
        case ending
        /// It gives rows.
        case giving
    }

    /// What whoever gives rows is told.
    enum Turn: Sendable {
        /// Give more.
        case more
        case over(ExchangeReply)
    }

    var phase = Phase.sent
    private var reply: ExchangeReply?
    private var waiter: PostgresExchange.Waiter<Turn>?

    init() {}

    /// What there is to be told, if anything.
    ///
    /// - Parameter isBlocked: Whether the socket takes no more at present.
    func turn(isBlocked: Bool) -> Turn? {
        if let reply { return .over(reply) }
        return phase == .taking && !isBlocked ? .more : nil
    }

    mutating func wait(_ waiter: PostgresExchange.Waiter<Turn>) { self.waiter = waiter }

    /// Whoever waits and what he is told, if there is anything to tell.
    mutating func deliver(isBlocked: Bool) -> (PostgresExchange.Waiter<Turn>, Turn)? {
        guard let waiting = waiter, let turn = turn(isBlocked: isBlocked) else { return nil }
        waiter = nil
        return (waiting, turn)
    }

    mutating func end(_ reply: ExchangeReply) { self.reply = reply }
}
