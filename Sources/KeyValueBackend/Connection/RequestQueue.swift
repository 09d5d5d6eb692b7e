import StorageKit

/// The requests of one connection, from their submission to their outcome, as a value.
///
/// ## Why it is written like this
///
/// Redis answers in the order of the requests, so a pipeline is a queue with a mark in it. What is
/// hard is everything else: a caller goes away while its reply is under way, a link breaks in the
/// middle of a request, a deadline passes. Each of these must end a request exactly once, tell the
/// truth on whether the server may have executed it, and never shift the replies of the others. So
/// the decisions are here, without lock, socket or continuation, and the tests drive them through
/// random orders of events. ``RedisConnection`` carries them out.
///
/// ## The queue
///
/// ```
///                sent: its replies come          waiting: to be sent in this order
///          ┌───────────────────────────────┬────────────────────────────────────────┐
///   reply ◀│ 17   18   (19)   20   21   22 │ 23   24   (25)   26                    │◀ submit
///          └───────────────────────────────┴────────────────────────────────────────┘
///            first                           first + sentCount           (n): nobody waits
/// ```
///
/// * `submit` appends. `nextToSend` moves the mark, as far as the window allows: at most
///   `limit` replies are outstanding, only a batch that is larger goes alone.
/// * `receive` gives a reply to the first sent request, which leaves the queue with its last one.
/// * `cancel` and `expire` take the waiter away. A request not sent yet is never sent; one that
///   was stays, so that its reply is counted and thrown away.
/// * `breakLink` puts back before the mark what may be sent again, in the old order: all that never
///   arrived, and all that do no harm when executed twice. The others end, and so does one that
///   seems to be what breaks the links: the server answers in order, so it is the first one's.
///
/// ## Whether it was applied
///
/// The server executes a command when it has all of its bytes. ``acceptedBytes`` counts what the
/// system has taken from us, and every sent request knows where its bytes begin: up to its last
/// byte it has not been applied, from then on it may have been, unless it only reads.
///
/// Every event takes constant time, but for `expire`, `breakLink` and `fail`, which look at all.
struct RequestQueue<Waiter: Sendable>: Sendable {
    typealias Resumptions = [Resumption<Waiter>]

    /// So many links in a row that one request may break, beside others that are answered.
    static var maximumSuspicions: Int { 5 }

    /// How many replies may be outstanding.
    let limit: Int
    /// How many broken links a request may see before it ends.
    let retries: Int

    private var requests = RingBuffer(vacant: Request<Waiter>.vacant)
    /// The number of the first request in the queue.
    private var first: UInt64 = 0
    private var sentCount = 0
    /// The replies that the sent requests still wait for.
    private(set) var outstanding = 0
    /// The replies that the waiting requests will wait for.
    private(set) var backlog = 0
    /// How many bytes of the present link's stream were handed out to be sent.
    private var handedOutBytes: UInt64 = 0
    /// How many of them the system has taken.
    private(set) var acceptedBytes: UInt64 = 0
    /// Why there is no link at present, if there was an attempt at one.
    private var linkError: StorageError?
    private var hasLink = false

    init(limit: Int, retries: Int) {
        self.limit = max(1, limit)
        self.retries = max(0, retries)
    }

    /// How many requests were submitted so far.
    var submittedCount: UInt64 { first + UInt64(requests.count) }

    /// Whether there is nothing to send and nothing to wait for.
    var isEmpty: Bool { requests.isEmpty }

    /// Whether another request of this size would exceed the limit.
    func isFull(for count: Int) -> Bool {
        let present = outstanding + backlog
        return present > 0 && present + count > limit
    }

    /// Whether a request is to be sent and the window has room for it.
    var canSend: Bool { sentCount < requests.count && hasRoom(for: requests[sentCount]) }

    // MARK: The way of a request

    mutating func submit(_ request: Request<Waiter>) -> RequestTicket {
        requests.append(request)
        backlog += request.missingReplies
        return RequestTicket(number: first + UInt64(requests.count) - 1)
    }

    /// The next bytes to send, or `nil`; they count as handed out.
    mutating func nextToSend() -> WireCommand? {
        while sentCount < requests.count {
            guard requests[sentCount].isLive else {
                sentCount += 1
                dropFinished()
                continue
            }
            guard hasRoom(for: requests[sentCount]) else { return nil }
            return handOut()
        }
        return nil
    }

    /// The system has taken further bytes of those handed out.
    mutating func accepted(_ count: Int) { acceptedBytes += UInt64(count) }

    /// Takes a reply in.
    ///
    /// - Returns: Whether one was due.
    mutating func receive(_ reply: RedisReply, into resumptions: inout Resumptions) -> Bool {
        guard sentCount > 0, requests[0].missingReplies > 0 else { return false }
        outstanding -= 1
        requests[0].missingReplies -= 1
        let isComplete = requests[0].missingReplies == 0
        if requests[0].isBatch, requests[0].waiter != nil { requests[0].append(reply) }
        if isComplete { finishFirst(with: reply, into: &resumptions) }
        return true
    }

    // MARK: Ends without a reply

    /// Ends a request early; nothing when it has ended.
    ///
    /// - Returns: Who is to be resumed, and whether its reply may still come.
    mutating func cancel(
        _ ticket: RequestTicket
    ) -> (resumption: Resumption<Waiter>, isSent: Bool)? {
        guard let offset = offset(of: ticket) else { return nil }
        let isSent = offset < sentCount
        guard let resumption = abandon(offset, because: .cancelled) else { return nil }
        dropFinished()
        return (resumption, isSent)
    }

    /// Whether somebody waits for the outcome of a request that the present link carries.
    func isSent(_ ticket: RequestTicket) -> Bool {
        guard let offset = offset(of: ticket), offset < sentCount else { return false }
        return requests[offset].waiter != nil
    }

    /// Ends the requests whose deadline has come.
    ///
    /// - Returns: The earliest deadline of the others, and whether a request ended that was sent.
    mutating func expire(
        _ now: Moment, into resumptions: inout Resumptions
    ) -> (next: Moment, anySent: Bool) {
        var next = Moment.never
        var anySent = false
        for offset in 0..<requests.count where requests[offset].waiter != nil {
            if requests[offset].deadline > now {
                next = min(next, requests[offset].deadline)
            } else if let resumption = abandon(offset, because: timeout(of: offset)) {
                anySent = anySent || offset < sentCount
                resumptions.append(resumption)
            }
        }
        dropFinished()
        return (next, anySent)
    }

    /// Whether the server has been silent for longer than what it was asked for allows.
    ///
    /// The server may be working on any of the sent requests, however short the time of the oldest
    /// is: it answers what it has read at once only when it has done all of it. So the longest time
    /// counts: a caller who gave a slow command a minute has said that a minute of silence is no
    /// sign of a dead server. Its neighbours end at their own deadlines, and the link stays. What
    /// was submitted when the silence was already too long excuses nothing.
    ///
    /// - Parameters:
    ///   - now: The time.
    ///   - sign: When something last came from the server.
    ///   - patience: How long any request may be without an answer.
    func isStalled(_ now: Moment, since sign: Moment, patience: Duration) -> Bool {
        guard sentCount > 0 else { return false }
        let begin = max(requests[0].submitted, sign)
        let silence = now - begin
        guard silence >= patience else { return false }
        return (0..<sentCount).allSatisfy { offset in
            let request = requests[offset]
            let isLate = offset > 0 && request.submitted >= begin + patience
            return request.deadline == .never || isLate
                || silence >= request.deadline - request.submitted
        }
    }

    /// Ends the request whose reply is coming, since that is more than can be taken in.
    mutating func failFirst(_ error: StorageError, into resumptions: inout Resumptions) {
        guard sentCount > 0 else { return }
        let resumption = abandon(0, because: .lost(error))
        if let resumption { resumptions.append(resumption) }
    }

    /// A link is there; its stream begins.
    mutating func startLink() {
        (handedOutBytes, acceptedBytes, linkError, hasLink) = (0, 0, nil, true)
    }

    /// The link is gone: what may be sent again waits for the next one, the others end.
    ///
    /// - Parameter isSuspicious: Whether it had answered others before; then the first of those
    ///   that were sent may be the cause.
    mutating func breakLink(
        _ error: StorageError, isSuspicious: Bool = false, into resumptions: inout Resumptions
    ) {
        (linkError, hasLink) = (error, false)
        if sentCount > 0, isSuspicious, isComplete(requests[0]) { requests[0].suspicions += 1 }
        for offset in 0..<sentCount { retry(offset, after: error, into: &resumptions) }
        sentCount = 0
        outstanding = 0
        dropFinished()
    }

    /// There was no link to be had: ends the requests that have been patient for long enough.
    mutating func failToConnect(_ error: StorageError, into resumptions: inout Resumptions) {
        (linkError, hasLink) = (error, false)
        for offset in sentCount..<requests.count where requests[offset].waiter != nil {
            requests[offset].failures += 1
            guard requests[offset].failures > retries else { continue }
            let resumption = abandon(offset, because: .lost(error))
            if let resumption { resumptions.append(resumption) }
        }
        dropFinished()
    }

    /// Ends every request.
    mutating func failAll(_ error: StorageError, into resumptions: inout Resumptions) {
        breakLink(error, into: &resumptions)
        for offset in 0..<requests.count {
            let resumption = abandon(offset, because: .lost(error))
            if let resumption { resumptions.append(resumption) } else { remove(offset) }
        }
        dropFinished()
    }
}

extension RequestQueue {
    private mutating func finishFirst(
        with reply: RedisReply, into resumptions: inout Resumptions
    ) {
        let request = requests.removeFirst()
        first += 1
        sentCount -= 1
        dropFinished()
        guard let waiter = request.waiter else { return }
        resumptions.append(Resumption(waiter: waiter, outcome: Self.outcome(of: request, reply)))
    }

    /// What the replies come to.
    ///
    /// A refusal says that nothing was done, but only of the last time that a request was sent: a
    /// server that was killed after it had written says `LOADING` to the repetition.
    private static func outcome(of request: Request<Waiter>, _ reply: RedisReply) -> RequestOutcome
    {
        if request.mayHaveArrived, request.effect != .reads {
            for case .error(let refusal) in request.isBatch ? request.replies : [reply] {
                return .failed(.refusedAgain(refusal), mayHaveBeenApplied: true)
            }
        }
        return request.isBatch ? .replies(request.replies) : .reply(reply)
    }

    /// Where a request is in the queue, unless it is over.
    private func offset(of ticket: RequestTicket) -> Int? {
        guard ticket.number >= first, ticket.number - first < UInt64(requests.count) else {
            return nil
        }
        return Int(ticket.number - first)
    }

    private func hasRoom(for request: Request<Waiter>) -> Bool {
        outstanding == 0 || outstanding + request.missingReplies <= limit
    }

    private mutating func handOut() -> WireCommand? {
        let wire = requests[sentCount].wire
        let count = requests[sentCount].missingReplies
        requests[sentCount].start = handedOutBytes
        handedOutBytes += UInt64(wire?.byteCount ?? 0)
        outstanding += count
        backlog -= count
        if !requests[sentCount].isAnswered { requests[sentCount].wire = nil }
        sentCount += 1
        dropFinished()
        return wire
    }

    /// What a request that waited for a link in vain is told is why there was none.
    private func timeout(of offset: Int) -> RequestFailure {
        guard offset >= sentCount, !hasLink else { return .timedOut }
        return .unreached(linkError ?? .stillConnecting)
    }

    /// Takes the waiter away and, as long as it was not sent, the bytes.
    private mutating func abandon(
        _ offset: Int, because failure: RequestFailure
    ) -> Resumption<Waiter>? {
        guard let waiter = requests[offset].waiter.take() else { return nil }
        let mayHaveArrived = requests[offset].mayHaveArrived || offset < sentCount
        let applied = mayHaveArrived && requests[offset].effect != .reads
        if offset >= sentCount {
            remove(offset)
        } else {
            requests[offset].wire = nil
            requests[offset].replies = []
        }
        return Resumption(waiter: waiter, outcome: .failed(failure, mayHaveBeenApplied: applied))
    }

    /// Makes a request that waits to be sent one that does not.
    private mutating func remove(_ offset: Int) {
        backlog -= requests[offset].missingReplies
        requests[offset].missingReplies = 0
        requests[offset].wire = nil
        requests[offset].waiter = nil
    }

    /// What becomes of a sent request whose link broke.
    private mutating func retry(
        _ offset: Int, after error: StorageError, into resumptions: inout Resumptions
    ) {
        let arrived = isComplete(requests[offset])
        requests[offset].mayHaveArrived = requests[offset].mayHaveArrived || arrived
        requests[offset].failures += 1
        let request = requests[offset]
        requests[offset].replies = []
        let isSuspect = request.suspicions >= Self.maximumSuspicions
        let isHarmless = request.effect != .changes || !request.mayHaveArrived
        if let wire = request.wire, request.waiter != nil, isHarmless, !isSuspect,
            request.failures <= retries
        {
            requests[offset].missingReplies = wire.commandCount
            backlog += wire.commandCount
            return
        }
        requests[offset].missingReplies = 0
        requests[offset].wire = nil
        guard let waiter = requests[offset].waiter.take() else { return }
        let applied = request.mayHaveArrived && request.effect != .reads
        let outcome = RequestOutcome.failed(
            isSuspect ? .suspected(error) : .lost(error), mayHaveBeenApplied: applied)
        resumptions.append(Resumption(waiter: waiter, outcome: outcome))
    }

    /// Whether the server may have all bytes of it, or of the first command of a batch.
    private func isComplete(_ request: Request<Waiter>) -> Bool {
        guard let wire = request.wire else { return false }
        return acceptedBytes >= request.start + UInt64(wire.firstCommandByteCount)
    }

    /// Lets go of requests at the front that are over.
    private mutating func dropFinished() {
        while !requests.isEmpty, !requests[0].isLive {
            _ = requests.removeFirst()
            first += 1
            if sentCount > 0 { sentCount -= 1 }
        }
    }
}

extension StorageError {
    /// What is known of a link whose first attempt has not come to an end.
    fileprivate static var stillConnecting: StorageError {
        StorageError(code: .unavailable, message: "the server has not taken the connection yet")
    }
}
