import StorageKit

/// A call on its way through a connection.
struct Request<Waiter: Sendable>: Sendable {
    /// Who waits for the outcome; `nil` when nobody does any more, or ever did.
    var waiter: Waiter?
    /// What is sent; `nil` when it need not be sent any more.
    var wire: WireCommand?
    let effect: RedisCommand.Effect
    /// Whether the outcome is a list, also of one reply.
    let isBatch: Bool
    /// Whether replies are awaited; not so for what is sent into a stream of pushed messages.
    let isAnswered: Bool
    let submitted: Moment
    let deadline: Moment

    /// How many replies are still to come; of an unsent request all, of a removed one none.
    var missingReplies: Int
    /// The replies of a batch so far.
    var replies: [RedisReply] = []
    /// Where its bytes begin in the stream of the present link.
    var start: UInt64 = 0
    /// Whether an earlier link may have brought it to the server.
    var mayHaveArrived = false
    /// How many links it has seen break.
    var failures = 0
    /// How many of them broke when it was the next to be answered, having answered others.
    var suspicions = 0

    init(
        waiter: Waiter?, wire: WireCommand, effect: RedisCommand.Effect, isBatch: Bool = false,
        isAnswered: Bool = true, submitted: Moment, deadline: Moment
    ) {
        self.waiter = waiter
        self.wire = wire
        self.effect = effect
        self.isBatch = isBatch
        self.isAnswered = isAnswered
        self.submitted = submitted
        self.deadline = deadline
        missingReplies = isAnswered ? wire.commandCount : 0
    }

    /// No request: what the queue has in its free places.
    static var vacant: Request {
        var request = Request(
            waiter: nil, wire: WireCommand([]), effect: .reads, submitted: .never, deadline: .never)
        request.wire = nil
        return request
    }

    /// Takes in the next reply of a batch.
    mutating func append(_ reply: RedisReply) {
        if replies.isEmpty { replies.reserveCapacity(wire?.commandCount ?? 0) }
        replies.append(reply)
    }

    /// Whether it is still to be sent or answered.
    var isLive: Bool { wire != nil || missingReplies > 0 }
}

/// A request in its connection, for ever.
struct RequestTicket: Hashable, Sendable {
    let number: UInt64
}

/// How a request ended.
enum RequestOutcome: Sendable {
    case reply(RedisReply)
    case replies([RedisReply])
    case failed(RequestFailure, mayHaveBeenApplied: Bool)
}

/// Why a request has no reply.
enum RequestFailure: Sendable {
    case cancelled
    case timedOut
    /// All connections that it may have were in use until its time was over.
    case noneFree
    /// There was no connection to be had in time, and this is why.
    case unreached(StorageError)
    /// The connection was lost, or could not be made.
    case lost(StorageError)
    /// Links have kept breaking when it was the next to be answered.
    case suspected(StorageError)
    /// The server refused it when it was sent again, after it may have done it the first time.
    case refusedAgain(RedisServerError)
    /// The connection was closed before the request came.
    case closed
    /// The queue is full, and callers do not want to wait.
    case full
}

/// A waiter and what it is resumed with.
struct Resumption<Waiter: Sendable>: Sendable {
    let waiter: Waiter
    let outcome: RequestOutcome
}
