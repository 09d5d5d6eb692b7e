import StorageKit
internal import Synchronization

/// One connection that carries the requests of many tasks, and makes itself anew when it is lost.
///
/// ## Threads
///
/// ```
///   a task                                   the event thread
///   ──────                                   ────────────────
///   submit ─▶ state ─ nothing under way? ─▶ send, in place
///                 └── else: append, and the first to do so ─▶ signalled ─▶ send, many at once
///                                                readable ─▶ receive ─▶ state ─▶ resume all
/// ```
///
/// A task formats its command before it comes here, and appends it under ``state``'s lock: a few
/// dozen instructions. When nothing is under way it also makes the one non-blocking `send` itself,
/// since to wake a thread for that would cost ten times as much. Everything else happens on the
/// event thread: opening, reading, deadlines, closing.
///
/// ## Locks
///
/// ``state`` holds the decisions (``ConnectionState``), ``output`` the channel and its bytes.
/// Who has ``output`` may take ``state``, never the other way round. No continuation is resumed
/// with a lock held. What only the event thread touches is in ``driver``, without a lock.
final class RedisConnection: EventHandler {
    #if DEBUG
    typealias Waiter = CheckedContinuation<RequestOutcome, Never>
    #else
    /// Unchecked, as the queue resumes each exactly once, which its tests show: a check would cost
    /// an allocation for each request.
    typealias Waiter = UnsafeContinuation<RequestOutcome, Never>
    #endif

    /// The channel of the present link, and what is on its way to it.
    struct Output {
        var channel: (any ByteChannel)?
        var buffer = OutputBuffer()
        /// Whether the channel takes bytes again when it is writable, and not when it is readable.
        var waitsToWrite = false
        /// Why a write failed, for the event thread to act on.
        var failure: StorageError?
    }

    let settings: ConnectionSettings
    let loop: EventLoop
    let state: Mutex<ConnectionState<Waiter>>
    let output = Mutex(Output())
    let closers = Mutex<[CheckedContinuation<Void, Never>]>([])
    /// Where replies go that no request awaits; `nil` for an ordinary connection.
    let sink: (any PushSink)?
    // Safe without a lock: only the event thread touches what is inside.
    let driver: ConnectionDriver

    init(_ settings: ConnectionSettings, on loop: EventLoop, sink: (any PushSink)? = nil) {
        self.settings = settings
        self.loop = loop
        self.sink = sink
        state = Mutex(
            ConnectionState(
                limit: settings.queueLimit, retries: settings.retries,
                refusesWhenFull: settings.refusesWhenFull,
                patience: settings.patience ?? Self.unhurried))
        driver = ConnectionDriver(backOff: BackOff(settings.backOff))
    }

    /// Takes a request in, or resumes its waiter at once.
    func submit(_ request: Request<Waiter>) -> RequestTicket? {
        switch state.withLock({ $0.submit(request) }) {
        case .refused(let failure):
            request.waiter?.resume(returning: .failed(failure, mayHaveBeenApplied: false))
            return nil
        case .accepted(let ticket, let step, let wakesTimer):
            carryOut(step)
            if wakesTimer, step != .signal, step != .open { loop.signal(self) }
            return ticket
        }
    }

    /// Ends a request early; nothing when it has ended.
    func cancel(_ ticket: RequestTicket) {
        let cancelled = state.withLock { state in
            let cancelled = state.queue.cancel(ticket)
            if cancelled?.isSent == true, settings.breaksWhenAbandoned { state.doom() }
            return cancelled
        }
        guard let (resumption, isSent) = cancelled else { return }
        resumption.waiter.resume(returning: resumption.outcome)
        if isSent, settings.breaksWhenAbandoned { loop.enqueue { _ in self.breakAbandoned() } }
        if state.withLock({ $0.isDone }) { loop.signal(self) }
    }

    /// Ends a request that was not sent; of one that was, says on which link it is.
    ///
    /// - Returns: The number of the link on the server, if it is known; `nil` when it is over.
    func callOff(_ ticket: RequestTicket) -> SentRequest? {
        let (sent, cancelled) = state.withLock { state -> (SentRequest?, Resumption<Waiter>?) in
            if state.queue.isSent(ticket) { return (SentRequest(link: state.identity), nil) }
            return (nil, state.queue.cancel(ticket)?.resumption)
        }
        guard let cancelled else { return sent }
        cancelled.waiter.resume(returning: cancelled.outcome)
        if state.withLock({ $0.isDone }) { loop.signal(self) }
        return nil
    }

    /// A request that the server has, or will have in a moment.
    struct SentRequest {
        /// The number of its link on the server, if that is known.
        let link: Int64?
    }

    var submittedRequests: UInt64 { state.withLock { $0.queue.submittedCount } }

    var requestsUnderWay: Int { state.withLock { $0.queue.outstanding + $0.queue.backlog } }

    /// Has a link opened, although nothing is to be sent.
    func open() {
        if state.withLock({ $0.beginOpening(always: true) }) { carryOut(.open) }
    }

    /// Refuses new requests, finishes those accepted, and returns when the link is closed.
    func close() async {
        await waitForEnd { loop.signal(self) }
    }

    /// Ends everything now, and returns when the link is closed.
    func abandonAndWait() async {
        await waitForEnd { startShuttingDown() }
    }

    /// Ends everything now, from any thread; nobody is waited for.
    func abandon() {
        let wasOpened = state.withLock { state in
            state.beginClosing()
            return state.wasOpened && state.link != .closed
        }
        if wasOpened { startShuttingDown() }
    }

    /// On the event thread, which may not have begun to open the first link yet.
    ///
    /// Without one there is no link either, and none will be.
    private func startShuttingDown() {
        do throws(StorageError) {
            try loop.start { _ in self.shutDown(Self.closed) }
        } catch {
            shutDown(Self.closed)
        }
    }

    private func waitForEnd(_ bringAbout: () -> Void) async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                state.beginClosing()
                guard state.wasOpened, state.link != .closed else { return true }
                closers.withLock { $0.append(continuation) }
                return false
            }
            if isOver { continuation.resume() } else { bringAbout() }
        }
    }

    private func carryOut(_ step: ConnectionState<Waiter>.Step) {
        switch step {
        case .wait: break
        case .write: writeInPlace()
        case .signal: loop.signal(self)
        case .open: startOpening()
        }
    }

    private func startOpening() {
        do throws(StorageError) {
            try loop.start { thread in self.openLink(on: thread) }
        } catch {
            var resumptions: [Resumption<Waiter>] = []
            state.withLock { $0.failToOpen(error, into: &resumptions) }
            Self.resume(&resumptions)
            sink?.lost(error)
            sink?.closed()
            resumeClosers()
        }
    }

    /// Whoever waits for the end has it.
    func resumeClosers() {
        let waiting = closers.withLock { closers in
            defer { closers = [] }
            return closers
        }
        for closer in waiting { closer.resume() }
    }

    /// How often to look where nothing is ever taken for stalled.
    private static let unhurried = Duration.seconds(60)

    static var closed: StorageError {
        StorageError(code: .invalidState, message: "the connection is closed; open a new one")
    }

    /// Hands each outcome over whole: who has the only reference to a reply takes it apart, where
    /// others would have to copy it.
    static func resume(_ resumptions: inout [Resumption<Waiter>]) {
        resumptions.reverse()
        while let resumption = resumptions.popLast() {
            resumption.waiter.resume(returning: resumption.outcome)
        }
    }
}
