internal import StorageKit
internal import Synchronization

/// One connection to the server, on which exchanges of many tasks may be under way.
///
/// ## Threads
///
/// ```
///   a task                                    the event thread
///   ──────                                    ────────────────
///   submit ─▶ core ─▶ libpq formats, send ─┐
///                       in place           └─▶ server ─▶ readable ─▶ libpq parses ─▶ core
///   a thread for it: PQcancel ─▶ server                                   └─▶ resume all
/// ```
///
/// A task formats and sends its statement itself, under the lock: some microseconds, where waking
/// the event thread for it would cost ten times as much. Everything that comes is read by the event
/// thread. What may wait has a thread of its own: connecting (name servers, TLS, and the password's
/// thousands of hashes) and `PQcancel`.
///
/// ## The lock
///
/// ``core`` is the one lock, and libpq is only called under it. No task is resumed, and the owner
/// not told, with the lock held.
final class PostgresLink: EventHandler {
    /// By which its owner knows it.
    let number: Int
    let loop: EventLoop
    let core: Mutex<LinkCore>
    private let canceller: PostgresCanceller?
    private let owner: any LinkOwner
    /// The thread that serves it, and its place there; touched there alone.
    private let place = EventPlace()
    private let settings: LinkSettings

    /// When to ask again that a statement be stopped.
    private static let stopInterval = Duration.milliseconds(50)

    init(
        _ handle: PostgresHandle, number: Int, _ settings: LinkSettings, on loop: EventLoop,
        owner: any LinkOwner
    ) {
        self.settings = settings
        self.number = number
        self.loop = loop
        self.owner = owner
        canceller = PostgresCanceller(handle)
        core = Mutex(LinkCore(handle, settings))
    }

    // MARK: From any thread

    /// Has what comes from the server read.
    func start() throws(StorageError) {
        try loop.start { thread in
            self.place.set(thread, thread.add(self))
            self.settle(LinkOutput())
        }
    }

    /// Sends an exchange, or ends it at once.
    func submit(_ exchange: PostgresExchange) {
        var output = LinkOutput()
        let (needsThread, needsTimer) = core.withLock { core in
            core.submit(exchange, into: &output)
            return (core.needsThread, core.watch(exchange))
        }
        tell(output)
        if !output.homeless.isEmpty { owner.lost(self, homeless: output.homeless) }
        if needsThread { loop.signal(self) }
        if needsTimer { enqueueTimer() }
    }

    func enqueueTimer() { loop.enqueue { _ in self.armTimer() } }

    /// Has an exchange sent and waits for its end; stops it when the task is cancelled.
    func run(
        _ exchange: PostgresExchange, _ send: (PostgresExchange) -> Void
    ) async -> ExchangeReply {
        await withTaskCancellationHandler {
            await Self.withWaiter { waiter in
                exchange.waiter = waiter
                send(exchange)
            }
        } onCancel: {
            giveUp(exchange)
        }
    }

    /// Sends an exchange and waits for its end, whatever becomes of the task.
    ///
    /// When the task is cancelled the server has ``LinkSettings/stopTimeout`` to answer; then the
    /// connection is given up, as a silent server must not hold a task that is to end.
    func runShielded(_ exchange: PostgresExchange) async -> ExchangeReply {
        await withTaskCancellationHandler {
            await Self.withWaiter { waiter in
                exchange.waiter = waiter
                submit(exchange)
            }
        } onCancel: {
            hurry(exchange)
        }
    }

    /// Waits for the end of an exchange no longer than a server may take to stop a statement.
    private func hurry(_ exchange: PostgresExchange) {
        if core.withLock({ $0.hurry(exchange) }) { enqueueTimer() }
    }

    /// Ends an exchange that is not to be sent.
    func refuse(_ exchange: PostgresExchange, _ error: StorageError) {
        var output = LinkOutput()
        core.withLock { core in
            exchange.failure = .impossible(error)
            output.end(exchange, core.status)
        }
        output.resumeAll()
    }

    /// Stops an exchange that nobody wants any more; it ends all the same, soon.
    func stop(_ exchange: PostgresExchange) {
        var output = LinkOutput()
        core.withLock { core in
            switch core.stop(exchange) {
            case .removed:
                exchange.failure = .cancelled
                output.end(exchange, core.status)
            case .request: output.stops = true
            case .wait, .absent: break
            }
        }
        tell(output)
        if output.stops { sendStop() }
    }

    /// The next rows of an exchange that hands them on.
    func nextRows(of exchange: PostgresExchange) async -> RowStreamState.Delivery {
        await Self.withWaiter { waiter in
            let (delivery, resumes, needsTimer) = core.withLock { core in
                guard let delivery = exchange.stream?.take() else {
                    exchange.stream?.wait(waiter)
                    core.limit(exchange)
                    return (RowStreamState.Delivery?.none, core.resume(), core.watch(exchange))
                }
                return (delivery, core.resume(), false)
            }
            if resumes { loop.signal(self) }
            if needsTimer { enqueueTimer() }
            if let delivery { waiter.resume(returning: delivery) }
        }
    }

    /// The same; stops the exchange when the task is cancelled.
    func nextRowsStoppably(of exchange: PostgresExchange) async -> RowStreamState.Delivery {
        await withTaskCancellationHandler {
            await nextRows(of: exchange)
        } onCancel: {
            giveUp(exchange)
        }
    }

    /// Nobody wants the exchange any more.
    func giveUp(_ exchange: PostgresExchange) {
        exchange.isUnwanted.store(true, ordering: .releasing)
        stop(exchange)
    }

    /// Drops the rows that an exchange has still to hand on.
    func abandonRows(of exchange: PostgresExchange) {
        let (resumes, needsTimer) = core.withLock { core in
            (core.abandonRows(of: exchange), core.watch(exchange))
        }
        if resumes { loop.signal(self) }
        if needsTimer { enqueueTimer() }
    }

    /// Tells the owner once more, if it is lost already: it may have been lost before the owner
    /// knew it.
    func confirm() {
        if core.withLock({ $0.handle == nil }) { owner.lost(self, homeless: []) }
    }

    /// Whether a transaction is open.
    var status: TransactionStatus { core.withLock { $0.status } }

    /// The process that serves it, for tests and for people who look for it in the server's views.
    var serverProcess: Int32 { core.withLock { $0.handle?.serverProcess ?? 0 } }

    /// Ends the connection; its owner is told.
    func close() {
        core.withLock { $0.giveUp(.closed) }
        do throws(StorageError) {
            try loop.start { _ in self.end() }
        } catch {
            end()
        }
    }

    static func withWaiter<Value: Sendable>(
        _ body: (PostgresExchange.Waiter<Value>) -> Void
    ) async -> Value {
        #if DEBUG
        await withCheckedContinuation(body)
        #else
        await withUnsafeContinuation(body)
        #endif
    }

    // MARK: On the event thread

    func ready(readable: Bool, writable: Bool) { receive(reads: readable || writable) }

    // What the socket has is reported as long as it is there; libpq's buffer is not to grow by it.
    func signalled() { receive(reads: false) }

    func timeReached(_ now: Moment) {
        var output = LinkOutput()
        let isDeaf = core.withLock { core in
            core.expire(now, into: &output)
            if let began = core.stopBegan, began + settings.stopTimeout <= now {
                core.giveUp(.deafToStop)
                return true
            }
            if core.isOverdue(now) {
                core.giveUp(.silent)
                return true
            }
            output.stops = core.stopHead() || output.stops
            return false
        }
        if isDeaf { return end(after: output) }
        tell(output)
        if output.stops { sendStop() }
        armTimer()
    }

    private func armTimer() {
        guard let (thread, key) = place.value else { return }
        let look = core.withLock { $0.nextLook(.now, interval: Self.stopInterval) }
        if look != .never { thread.wake(key, at: look) }
    }

    private func receive(reads: Bool) {
        var output = LinkOutput()
        core.withLock { core in
            core.receive(reads: reads, into: &output)
            if core.isBlocked { core.flush() }
            core.deliverTurn(into: &output)
        }
        if !output.notifications.isEmpty { owner.received(output.notifications, on: self) }
        if output.resumed == 1 { place.thread?.expectsAnswer = true }
        settle(output)
        // After the others' turns, and when the lock was free for whoever comes for the next rows.
        if output.goesOn { loop.signal(self) }
    }

    /// Does what is left to do without the lock, and waits for what comes next.
    private func settle(_ output: LinkOutput) {
        let (isLost, watching) = core.withLock { core in
            (core.loss != nil, core.handle.map { ($0.descriptor, !core.isPaused, core.isBlocked) })
        }
        if isLost { return end(after: output) }
        tell(output)
        if output.stops { sendStop() }
        if output.setsTimer { armTimer() }
        guard let (thread, key) = place.value, let (descriptor, reads, writes) = watching else {
            return
        }
        if reads || writes {
            thread.watch(key, descriptor: descriptor, readable: reads, writable: writes)
        } else {
            // `poll` reports a hang-up in any case, again and again.
            thread.stopWatching(key)
        }
    }

    /// Tells the owner what is free before those who wait for it: whoever goes on at once, and asks
    /// for more, would have another connection opened otherwise.
    private func tell(_ output: LinkOutput) {
        guard output.endedShared > 0 else { return output.resumeAll() }
        owner.ended(output.endedShared, on: self) { output.resumeAll() }
    }

    private func end(after earlier: LinkOutput? = nil) {
        var output = LinkOutput()
        let handle = core.withLock { $0.end(into: &output) }
        defer {
            earlier?.resumeAll()
            output.resumeAll()
        }
        guard let handle else { return }
        if let (thread, key) = place.value { thread.remove(key) }
        place.clear()
        // Closed only now that nobody watches its descriptor.
        withExtendedLifetime(handle) {}
        owner.lost(self, homeless: output.homeless)
    }

    // MARK: Stopping

    /// Asks the server to stop what it is at; on a thread that may wait.
    private func sendStop() {
        enqueueTimer()
        do throws(StorageError) {
            try PlatformThread.start {
                self.canceller?.cancel()
                self.didStop()
            }
        } catch {
            didStop()
        }
    }

    private func didStop() {
        core.withLock { core in
            core.pipeline.didStop()
            core.sendPending()
        }
        // A request that came before its statement has stopped nothing, and is repeated.
        loop.enqueue { _ in
            self.receive(reads: true)
            self.armTimer()
        }
    }
}

/// Where a link is on its event thread.
// @unchecked Sendable: touched on the event thread alone.
private final class EventPlace: @unchecked Sendable {
    private(set) var value: (thread: EventThread, key: Int)?

    var thread: EventThread? { value?.thread }

    func set(_ thread: EventThread, _ key: Int) { value = (thread, key) }

    func clear() { value = nil }
}

extension StorageError {
    fileprivate static var closed: StorageError {
        StorageError(code: .invalidState, message: "the connection is closed")
    }

    fileprivate static var deafToStop: StorageError {
        StorageError(
            code: .unavailable,
            message: "the server did not stop a cancelled statement in time; the connection is "
                + "given up")
    }

    fileprivate static var silent: StorageError {
        StorageError(
            code: .unavailable,
            message: "the server did not answer, and the task was cancelled; the connection is "
                + "given up")
    }
}
