/// The rows of an exchange that are handed on in blocks: what has come, and who waits for it.
///
/// One block is filled while the one before it is decoded. When it is full and nobody has come for
/// it, the link stops reading, and before long the server stops sending.
struct RowStreamState: Sendable {
    enum Delivery: Sendable {
        case block(RowBlock)
        case end(ExchangeReply)
    }

    /// A block of rows is large enough to make up for the change of threads and small enough to
    /// stay in a processor's cache.
    static let blockSize = RowBlock.Size(rows: 2048, bytes: 256 << 10)

    private(set) var filling = RowBlock(size: blockSize)
    /// Whether rows were handed on, so that it cannot begin anew.
    private(set) var hasBegun = false
    /// Whether nobody takes any more.
    private(set) var isAbandoned = false
    private var reply: ExchangeReply?
    private var waiter: PostgresExchange.Waiter<Delivery>?

    init() {}

    /// Takes what is there.
    mutating func take() -> Delivery? {
        if !filling.isEmpty { return .block(exchangeBlock()) }
        return reply.map { .end($0) }
    }

    mutating func wait(_ waiter: PostgresExchange.Waiter<Delivery>) { self.waiter = waiter }

    /// Whoever waits and what he gets, if anything has come for him.
    mutating func deliver() -> (PostgresExchange.Waiter<Delivery>, Delivery)? {
        guard let waiting = waiter, let delivery = take() else { return nil }
        waiter = nil
        return (waiting, delivery)
    }

    /// The rows come anew from the first one, of which none was handed on.
    mutating func restart() { filling = RowBlock(size: Self.blockSize) }

    /// Nobody takes any more.
    mutating func abandon() {
        isAbandoned = true
        filling = RowBlock(size: Self.blockSize)
    }

    mutating func end(_ reply: ExchangeReply) { self.reply = reply }

    private mutating func exchangeBlock() -> RowBlock {
        let block = filling
        hasBegun = true
        filling = RowBlock(after: block)
        return block
    }
}
