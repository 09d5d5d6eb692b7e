import StorageKit
internal import Synchronization

/// Connections that carry one request at a time, for commands that block.
///
/// ``ExclusivePool`` decides who gets which; this type gives it a lock, connections and, as long as
/// somebody waits, a place on the event thread for the deadlines.
final class ExclusiveConnections: EventHandler {
    enum Grant {
        case connection(RedisConnection)
        case refused(RequestFailure)
    }

    typealias Waiter = CheckedContinuation<Grant, Never>

    private struct State {
        var pool: ExclusivePool<RedisConnection, Waiter>
        var all: [RedisConnection] = []
        var lastNumber: UInt64 = 0
        /// The place on the event thread.
        var key: Int?
    }

    private let settings: ConnectionSettings
    private let loop: EventLoop
    private let state: Mutex<State>

    init(_ configuration: RedisConfiguration, on loop: EventLoop) {
        var settings = ConnectionSettings(configuration)
        settings.patience = nil
        settings.breaksWhenAbandoned = true
        settings.greeting = Greeting(configuration, asksIdentity: true)
        self.settings = settings
        self.loop = loop
        let maximum = configuration.maximumBlockingConnections
        state = Mutex(State(pool: ExclusivePool(maximum: maximum)))
    }

    /// Ends what is under way, and returns when every connection is closed.
    func close() async {
        for connection in refuseFurther() { await connection.abandonAndWait() }
    }

    /// Ends everything now; nobody is waited for.
    func abandon() {
        for connection in refuseFurther() { connection.abandon() }
    }

    // MARK: Getting one

    func acquire(until deadline: Moment) async -> Grant {
        if let grant = state.withLock({ grantNow(&$0) }) { return grant }
        let call = CancellationToken()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                let number = wait(waiter, until: deadline)
                if let number, call.begin(number) { cancel(number) }
            }
        } onCancel: {
            if let number = call.cancel() { cancel(number) }
        }
    }

    private func grantNow(_ state: inout State) -> Grant? {
        switch state.pool.acquire() {
        case .take(let connection): return .connection(connection)
        case .closed: return .refused(.closed)
        case .wait: return nil
        case .make:
            let connection = RedisConnection(settings, on: loop)
            state.all.append(connection)
            return .connection(connection)
        }
    }

    /// - Returns: The number to cancel by, unless the waiter was resumed.
    private func wait(_ waiter: Waiter, until deadline: Moment) -> UInt64? {
        let (grant, number) = state.withLock { state -> (Grant?, UInt64?) in
            if let grant = grantNow(&state) { return (grant, nil) }
            state.lastNumber += 1
            state.pool.wait(waiter, number: state.lastNumber, until: deadline)
            return (nil, state.lastNumber)
        }
        if let grant { waiter.resume(returning: grant) } else { watchDeadlines(deadline) }
        return number
    }

    func release(_ connection: RedisConnection) {
        let next = state.withLock { $0.pool.release(connection) }
        next?.resume(returning: .connection(connection))
    }

    private func cancel(_ number: UInt64) {
        let waiter = state.withLock { $0.pool.cancel(number) }
        waiter?.resume(returning: .refused(.cancelled))
    }

    private func refuseFurther() -> [RedisConnection] {
        let (waiters, all) = state.withLock { ($0.pool.close(), $0.all) }
        for waiter in waiters { waiter.resume(returning: .refused(.closed)) }
        loop.signal(self)
        return all
    }

    // MARK: The event thread

    private func watchDeadlines(_ deadline: Moment) {
        guard deadline != .never else { return }
        // Whoever has the connections may not have begun to use them, so no thread may run yet.
        do throws(StorageError) {
            try loop.start { thread in self.arm(thread) }
        } catch {
            refuse(error)
        }
    }

    /// Has a place on the thread as long as somebody waits until a deadline.
    private func arm(_ thread: EventThread) {
        let (deadline, key) = state.withLock { ($0.pool.nextDeadline, $0.key) }
        if deadline == .never {
            if let key { thread.remove(key) }
            state.withLock { $0.key = nil }
            return
        }
        let place = key ?? thread.add(self)
        state.withLock { $0.key = place }
        thread.wake(place, at: deadline)
    }

    /// The system has no thread to watch the deadlines: nobody who has one is to wait beyond it.
    private func refuse(_ error: StorageError) {
        let last = Moment(nanoseconds: Moment.never.nanoseconds - 1)
        let waiters = state.withLock { $0.pool.expire(last) }
        for waiter in waiters { waiter.resume(returning: .refused(.lost(error))) }
    }

    func timeReached(_ now: Moment) {
        let waiters = state.withLock { $0.pool.expire(now) }
        for waiter in waiters { waiter.resume(returning: .refused(.noneFree)) }
        signalled()
    }

    func signalled() { loop.enqueue { thread in self.arm(thread) } }

    func ready(readable: Bool, writable: Bool) {}
}
