internal import StorageKit

/// What is to be done when a link's lock is free again.
struct LinkOutput: Sendable {
    var replies: [(PostgresExchange.Waiter<ExchangeReply>, ExchangeReply)] = []
    var deliveries: [(PostgresExchange.Waiter<RowStreamState.Delivery>, RowStreamState.Delivery)] =
        []
    var turns: [(PostgresExchange.Waiter<CopyState.Turn>, CopyState.Turn)] = []
    /// How many exchanges are over of those that the pool had given out.
    var endedShared = 0
    /// Those that were not sent when the link was lost, and may go elsewhere.
    var homeless: [PostgresExchange] = []
    /// What came of notifications, on a link that hears them.
    var notifications: [PostgresNotification] = []
    /// Whether a request to stop is to be sent.
    var stops = false
    /// Whether the time to look at deadlines has become an earlier one.
    var setsTimer = false
    /// Whether there is more to take apart, which waits until whoever waits for rows has them.
    var goesOn = false

    /// How many tasks go on.
    var resumed: Int { replies.count + deliveries.count }

    func resumeAll() {
        for (waiter, reply) in replies { waiter.resume(returning: reply) }
        for (waiter, delivery) in deliveries { waiter.resume(returning: delivery) }
        for (waiter, turn) in turns { waiter.resume(returning: turn) }
    }

    /// The exchange is over.
    mutating func end(_ exchange: PostgresExchange, _ status: TransactionStatus) {
        let reply = exchange.reply(status)
        if exchange.isShared { endedShared += 1 }
        if let waiter = exchange.waiter.take() { replies.append((waiter, reply)) }
        exchange.stream?.end(reply)
        deliver(exchange)
        guard exchange.needsLinkAlone else { return }
        exchange.copy.end(reply)
        deliverTurn(exchange, isBlocked: false)
    }

    /// Tells whoever gives rows to a COPY that it is his turn, or that it is over.
    mutating func deliverTurn(_ exchange: PostgresExchange, isBlocked: Bool) {
        guard let turn = exchange.copy.deliver(isBlocked: isBlocked) else { return }
        exchange.deadline = .never
        turns.append(turn)
    }

    /// Hands rows on to who waits for them.
    mutating func deliver(_ exchange: PostgresExchange) {
        guard let delivery = exchange.stream?.deliver() else { return }
        exchange.deadline = .never
        deliveries.append(delivery)
    }
}
