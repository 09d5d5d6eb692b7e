internal import StorageKit
internal import Synchronization

/// The connections to one database, and who uses them.
///
/// ``PoolState`` decides; this type gives it a lock, links, threads to open them on, and, as long
/// as there is something to watch, one place on the event thread for every deadline. There is no
/// task for a call, a lease or the pool.
///
/// With its lock held it calls nobody: what is to be done is gathered as ``Work`` and carried out
/// when the lock is free.
final class PostgresPool: EventHandler, LinkOwner {
    enum Waiter: Sendable {
        case exchange(PostgresExchange)
        case lease(CheckedContinuation<Grant, Never>)
    }

    enum Grant: Sendable {
        case link(PostgresLink)
        case refused(StorageError)
    }

    struct State: Sendable {
        var pool: PoolState<Waiter>
        var links: [Int: PostgresLink] = [:]
        var lastLink = 0
        var backOff = BackOff()
        var generator = SystemRandomNumberGenerator()
        var closers: [CheckedContinuation<Void, Never>] = []
        /// The place on the event thread, and when it is called there.
        var key: Int?
        var alarm = Moment.never
    }

    /// What is to be done without the lock.
    struct Work: Sendable {
        var actions: [PoolState<Waiter>.Action] = []
        var closers: [CheckedContinuation<Void, Never>] = []
        var setsAlarm = false
    }

    let settings: PoolSettings
    let loop: EventLoop
    let state: Mutex<State>

    init(_ settings: PoolSettings, on loop: EventLoop) {
        self.settings = settings
        self.loop = loop
        state = Mutex(State(pool: PoolState(settings.limits)))
    }

    /// Finishes what was accepted, and returns when every connection is closed.
    func close() async {
        await withCheckedContinuation { closer in
            change { state in
                state.pool.close()
                state.closers.append(closer)
            }
        }
    }

    /// Refuses what comes, and closes each connection when it is free; nobody is waited for.
    func abandon() { change { $0.pool.close() } }

    /// How many connections there are, for tests and metrics.
    var connectionCount: Int { state.withLock { $0.pool.connectionCount } }

    /// How many calls wait for one, for tests and metrics.
    var waitingCount: Int { state.withLock { $0.pool.waitingCount } }

    /// Changes the state and does what has become possible by it.
    func change(_ body: (inout State) -> Void) {
        carryOut(
            state.withLock { state in
                body(&state)
                return state.settle()
            })
    }

    func carryOut(_ work: Work) {
        for action in work.actions {
            switch action {
            case .open: open()
            case .close(let number): link(number)?.close()
            case .refuse(let waiters, let error): for waiter in waiters { refuse(waiter, error) }
            case .grant(let waiter, let number): grant(waiter, number)
            }
        }
        for closer in work.closers { closer.resume() }
        if work.setsAlarm { setAlarm() }
    }

    private func link(_ number: Int) -> PostgresLink? { state.withLock { $0.links[number] } }

    private func grant(_ waiter: Waiter, _ number: Int) {
        switch (waiter, link(number)) {
        case (.exchange(let exchange), let link?): link.submit(exchange)
        case (.lease(let waiter), let link?): waiter.resume(returning: .link(link))
        // It was lost in this moment.
        case (.exchange(let exchange), nil): submit(exchange)
        case (.lease(let waiter), nil): _ = wait(waiter)
        }
    }

    func refuse(_ waiter: Waiter, _ error: StorageError) {
        switch waiter {
        case .exchange(let exchange): end(exchange, .impossible(error))
        case .lease(let waiter): waiter.resume(returning: .refused(error))
        }
    }

    // MARK: What links say

    func ended(_ count: Int, on link: PostgresLink, _ resume: () -> Void) {
        let work = state.withLock { state in
            state.pool.ended(count, on: link.number, now: .now)
            return state.settle()
        }
        resume()
        carryOut(work)
    }

    func lost(_ link: PostgresLink, homeless: [PostgresExchange]) {
        change { state in
            state.links[link.number] = nil
            state.pool.lost(link.number)
        }
        for exchange in homeless { submit(exchange) }
    }

    // MARK: The event thread

    /// Has a place on the thread as long as there is a time to watch.
    private func setAlarm() {
        do throws(StorageError) {
            try loop.start { thread in self.arm(thread) }
        } catch {
            // Without a thread nobody who waits would be told that it was too long.
            let waiters = state.withLock { $0.pool.expire(Moment(nanoseconds: .max - 1)) }
            for waiter in waiters { refuse(waiter, error) }
        }
    }

    private func arm(_ thread: EventThread) {
        let (time, key) = state.withLock { state in
            state.alarm = state.pool.nextTime()
            return (state.alarm, state.key)
        }
        if time == .never {
            if let key { thread.remove(key) }
            state.withLock { $0.key = nil }
            return
        }
        let place = key ?? thread.add(self)
        state.withLock { $0.key = place }
        thread.wake(place, at: time)
    }

    func timeReached(_ now: Moment) {
        let (waiters, work) = state.withLock { state in
            let waiters = state.pool.expire(now)
            var work = Work()
            state.pool.closeUnused(now, into: &work.actions)
            state.settle(into: &work)
            return (waiters, work)
        }
        for waiter in waiters { refuse(waiter, .noConnection(after: settings.patience)) }
        carryOut(work)
        setAlarm()
    }

    func signalled() {}

    func ready(readable: Bool, writable: Bool) {}
}

extension PostgresPool.State {
    /// Finds out what has become possible.
    mutating func settle() -> PostgresPool.Work {
        var work = PostgresPool.Work()
        settle(into: &work)
        return work
    }

    mutating func settle(into work: inout PostgresPool.Work) {
        pool.advance(.now, into: &work.actions)
        for case .grant(.exchange(let exchange), let number) in work.actions {
            exchange.place = links[number].map { .link($0) } ?? .nowhere
        }
        if pool.isOver { swap(&work.closers, &closers) }
        // A later time is found out when the alarm goes off at the earlier one.
        work.setsAlarm = pool.nextTime() < alarm
        if work.setsAlarm { alarm = pool.nextTime() }
    }
}

extension StorageError {
    static var poolClosed: StorageError {
        StorageError(
            code: .invalidState, message: "the database is closed; open a new one to go on")
    }

    fileprivate static func noConnection(after patience: Duration) -> StorageError {
        StorageError(
            code: .resourceExhausted,
            message: "no connection became free in \(patience); raise maximumConnections or "
                + "connectionTimeout, or hold connections for a shorter time")
    }
}
