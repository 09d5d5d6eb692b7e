import StorageKit

/// What the threads that use a connection share, as a value: its requests, whether there is a link,
/// and who writes.
///
/// ```
///            submit: open                ready
///   absent ───────────────▶ opening ───────────────▶ ready
///     ▲ ▲                    │    ▲                    │
///     │ └── back-off is over,│    │ back-off is over,  │ the link broke
///     │     nothing to send  ▼    │ requests wait      │
///     │                   pausing ◀────────────────────┘
///     └───────────────────── closed, from anywhere: the end
/// ```
///
/// At most one writes: a flag is set by whoever writes or has called the event thread to do it.
/// While it is set, others only append. That is what collects many requests into one write.
struct ConnectionState<Waiter: Sendable>: Sendable {
    enum Link: Hashable, Sendable {
        /// There is none, and nobody needs one.
        case absent
        /// It is resolved, connected, greeted.
        case opening
        /// It carries requests.
        case ready
        /// The last attempt failed, the next one has to wait.
        case pausing
        /// There will be none any more.
        case closed
    }

    /// What a submission asks of who submitted.
    enum Step: Hashable, Sendable {
        /// Nothing: the request is sent in its turn.
        case wait
        /// Write now, in place.
        case write
        /// Have the event thread write.
        case signal
        /// Have a link opened.
        case open
    }

    enum Submission: Sendable {
        case accepted(RequestTicket, Step, wakesTimer: Bool)
        case refused(RequestFailure)
    }

    var queue: RequestQueue<Waiter>
    private(set) var link = Link.absent
    /// Whether somebody writes, or the event thread was called to.
    private(set) var isBeingWritten = false
    /// Whether the system takes no more bytes at present; the event thread waits until it does.
    private(set) var isBlocked = false
    /// Whether the link is about to be broken, so that nothing more is to be sent on it.
    private(set) var isDoomed = false
    private(set) var isClosing = false
    /// The number of the present link on the server, if it is known.
    private(set) var identity: Int64?
    /// Whether the event thread knows the connection, so that only it can end it.
    private(set) var wasOpened = false
    /// How many were resumed by the last bytes that came.
    private var lastResumed = 0
    /// When the event thread looks at the deadlines next.
    private(set) var timer = Moment.never
    private var wasUsed = false
    /// What the last attempt failed for, when the next one would too; until there is a next one.
    private var standingError: StorageError?
    private let refusesWhenFull: Bool
    /// How long a request may be without an answer until the link is looked at.
    private let patience: Duration

    /// Looking again without a pause would keep a processor busy.
    private static var shortestPatience: Duration { .milliseconds(10) }

    /// With fewer replies than this outstanding, collecting requests gains nothing.
    private static var fewReplies: Int { 4 }

    init(
        limit: Int, retries: Int, refusesWhenFull: Bool, patience: Duration = .seconds(60)
    ) {
        self.patience = max(patience, Self.shortestPatience)
        queue = RequestQueue(limit: limit, retries: retries)
        self.refusesWhenFull = refusesWhenFull
    }

    /// Takes a request in, or not.
    mutating func submit(_ request: Request<Waiter>) -> Submission {
        guard !isClosing, link != .closed else { return .refused(.closed) }
        if let standingError { return .refused(.lost(standingError)) }
        guard request.submitted < request.deadline else { return .refused(.timedOut) }
        if refusesWhenFull, queue.isFull(for: request.missingReplies) { return .refused(.full) }
        let isAlone = queue.outstanding < Self.fewReplies
        let ticket = queue.submit(request)
        wasUsed = true
        let look = min(request.deadline, request.submitted + patience)
        let wakesTimer = look < timer
        if wakesTimer { timer = look }
        return .accepted(ticket, step(isAlone: isAlone), wakesTimer: wakesTimer)
    }

    /// What a request asks of who submitted it.
    ///
    /// One that finds hardly anything under way is written in place, so that its caller does not
    /// pay for a thread to be woken. Not when many were resumed together: others are about to
    /// follow.
    private mutating func step(isAlone: Bool) -> Step {
        switch link {
        case .absent:
            (link, wasOpened) = (.opening, true)
            return .open
        case .ready:
            guard !isBeingWritten, !isBlocked, !isDoomed, queue.canSend else { return .wait }
            isBeingWritten = true
            return isAlone && lastResumed <= 1 ? .write : .signal
        case .opening, .pausing, .closed: return .wait
        }
    }

    // MARK: Writing

    /// Whether to write: for whoever was told to, or finds that it may be time to.
    mutating func beginWriting() -> Bool {
        isBeingWritten = link == .ready && !isBlocked && !isDoomed && queue.canSend
        return isBeingWritten
    }

    /// The same, unless somebody writes already.
    mutating func beginWritingIfNobodyDoes() -> Bool { !isBeingWritten && beginWriting() }

    /// Everything handed out was taken by the system.
    ///
    /// - Returns: Whether there is more, and the writer still the writer.
    mutating func endWriting() -> Bool { beginWriting() }

    /// The system takes no more at present.
    mutating func block() { (isBlocked, isBeingWritten) = (true, false) }

    /// The system takes bytes again; go on with ``beginWriting()`` when those left are written.
    mutating func unblock() { isBlocked = false }

    // MARK: Reading

    /// Takes replies in.
    ///
    /// - Returns: Whether all of them were due.
    mutating func receive(
        _ replies: [RedisReply], into resumptions: inout [Resumption<Waiter>]
    ) -> Bool {
        let before = resumptions.count
        for reply in replies {
            guard queue.receive(reply, into: &resumptions) else { return false }
        }
        lastResumed = resumptions.count - before
        return true
    }

    // MARK: Deadlines

    /// Ends what is overdue and says when to look again.
    ///
    /// While the connection is in use the timer is never further away than the longest wait, so
    /// that the deadline of a new request is later, and its caller need not wake the thread.
    mutating func expire(
        _ now: Moment, into resumptions: inout [Resumption<Waiter>]
    ) -> (next: Moment, anySent: Bool) {
        let (next, anySent) = queue.expire(now, into: &resumptions)
        timer = wasUsed || !queue.isEmpty ? min(next, now + patience) : .never
        wasUsed = false
        return (timer, anySent)
    }

    // MARK: The link

    /// Whether to open a link: asked when a pause is over, and of a connection that always has one.
    mutating func beginOpening(always: Bool = false) -> Bool {
        guard link == .absent || link == .pausing else { return false }
        standingError = nil
        if always { wasOpened = true }
        link = queue.isEmpty && !always ? .absent : .opening
        return link == .opening
    }

    /// The link is of no more use: what is submitted from now on waits for the next one.
    mutating func doom() { isDoomed = link == .ready }

    mutating func becomeReady(identity: Int64? = nil) {
        guard link == .opening else { return }
        self.identity = identity
        isDoomed = false
        (link, isBlocked, isBeingWritten, lastResumed) = (.ready, false, false, 0)
        queue.startLink()
    }

    /// The link broke or could not be opened; the next one has to wait.
    ///
    /// - Parameters:
    ///   - isPermanent: Whether the next attempt would fare no better.
    ///   - isSuspicious: Whether the next attempt is made at once, so that what breaks every link
    ///     has to be found out.
    mutating func breakLink(
        _ error: StorageError, isPermanent: Bool, isSuspicious: Bool = false,
        into resumptions: inout [Resumption<Waiter>]
    ) {
        guard link != .closed else { return }
        identity = nil
        let wasReady = link == .ready
        (link, isBlocked, isBeingWritten) = (.pausing, false, false)
        if isPermanent {
            standingError = error
            queue.failAll(error, into: &resumptions)
        } else if wasReady {
            queue.breakLink(error, isSuspicious: isSuspicious, into: &resumptions)
        } else {
            queue.failToConnect(error, into: &resumptions)
        }
    }

    /// The system had no thread to open a link with.
    mutating func failToOpen(_ error: StorageError, into resumptions: inout [Resumption<Waiter>]) {
        guard link == .opening else { return }
        (link, wasOpened) = (.absent, false)
        queue.failAll(error, into: &resumptions)
    }

    // MARK: The end

    /// Refuses new requests.
    mutating func beginClosing() { isClosing = true }

    /// Whether everything accepted is done with, so that nothing keeps a closing connection.
    var isDone: Bool { isClosing && queue.isEmpty }

    /// No link any more.
    mutating func close(_ error: StorageError, into resumptions: inout [Resumption<Waiter>]) {
        (link, isClosing, isBeingWritten) = (.closed, true, false)
        queue.failAll(error, into: &resumptions)
    }
}
