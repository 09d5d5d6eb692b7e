internal import StorageKit

/// Connections for reads that are over before a hop to another thread would have begun.
///
/// An awaited hop costs fifty microseconds, a read by key three. So short reads are tried where the
/// caller is, on a connection that nobody else is using. Whatever is not certain to be short there
/// ends the attempt, with nothing changed, and a worker runs the read again:
///
/// * no connection is idle, or an earlier read was slow (``SQLiteInPlaceGauge``);
/// * the statement was not run on this connection yet, or has to be compiled again because the
///   schema changed;
/// * it takes more than two thousand steps, or a row has more than 64 KiB
///   (``SQLiteInPlaceLimits``);
/// * SQLite would wait for a lock;
/// * anything else is wrong: the worker finds out what, and its error is the caller's.
///
/// The worker then prepares a connection for the next time: it opens one, or runs the read on one
/// that has seen it not yet. So opening, recovery and compiling happen on workers alone.
final class SQLiteInPlaceReaders: Sendable {
    /// How an attempt ended.
    enum Attempt<Value> {
        case done(Value)
        /// A worker has to do it, and to prepare a connection if that would have helped.
        case elsewhere(prepares: Bool)
    }

    /// A connection on its way between threads.
    // @unchecked Sendable: it is taken out of the pool under its lock before it is used and put
    // back after; in between one thread has it. SQLite allows that without its own mutexes: "at
    // most one thread at a time" (sqlite.org/threadsafe.html).
    private final class Lease: @unchecked Sendable {
        let session: SQLiteSession

        init(_ session: SQLiteSession) { self.session = session }
    }

    private struct State {
        var idle: [Lease] = []
        /// Those that are idle, in use or being opened.
        var count = 0
        var isClosed = false
        var gauge = SQLiteInPlaceGauge()
    }

    private enum Taken {
        case lease(Lease)
        case nothing(prepares: Bool)
    }

    private let maximum: Int
    private let open: @Sendable () throws(StorageError) -> SQLiteSession
    private let monitor = Monitor(State())

    /// Creates the pool; opens nothing.
    init(maximum: Int, open: @escaping @Sendable () throws(StorageError) -> SQLiteSession) {
        self.maximum = maximum
        self.open = open
    }

    /// Creates the pool of a database, if it is to have one.
    convenience init?(_ opener: SQLiteOpener) {
        guard case .file = opener.location, opener.configuration.inPlaceReads else { return nil }
        self.init(maximum: opener.configuration.maximumReaders) { () throws(StorageError) in
            try opener.session(.inPlace)
        }
    }

    /// Tries a read here and now.
    func attempt<Value>(
        _ body: (SQLiteSession) throws(StorageError) -> Value
    ) -> Attempt<Value> {
        switch takeForAttempt() {
        case .nothing(let prepares):
            return .elsewhere(prepares: prepares)
        case .lease(let lease):
            let start = ContinuousClock.now
            let value = lease.session.inPlace(body)
            giveBack(lease, after: start.duration(to: .now))
            guard let value else { return .elsewhere(prepares: true) }
            return .done(value)
        }
    }

    /// Makes the next attempt at this read succeed, if it can; on a worker.
    func prepare<Value>(_ body: (SQLiteSession) throws(StorageError) -> Value) {
        guard let lease = takeForPreparing() else { return }
        lease.session.prepareInPlace(body)
        giveBack(lease, after: nil)
    }

    /// Closes every connection, after those in use have come back.
    ///
    /// It may wait for the microseconds that they take, so it is for a thread of our own.
    func closeAndWait() {
        let idle = monitor.waitForValue { state -> [Lease]? in
            state.isClosed = true
            guard state.idle.count == state.count else { return nil }
            defer { state.idle = [] }
            state.count = 0
            return state.idle
        }
        // Outside the lock. To let go of them would not do: a thread that has just given one back
        // holds it until its function has returned, and would close it after the writer has gone.
        for lease in idle { lease.session.close() }
    }

    /// How many connections there are, and how many of them nobody is using.
    var census: (open: Int, idle: Int) { monitor.withLock { ($0.count, $0.idle.count) } }

    private func takeForAttempt() -> Taken {
        monitor.withLock { state in
            guard !state.isClosed, state.gauge.admits() else { return .nothing(prepares: false) }
            if let lease = state.idle.popLast() { return .lease(lease) }
            return .nothing(prepares: state.count < maximum)
        }
    }

    private func takeForPreparing() -> Lease? {
        let (lease, opens) = monitor.withLock { state -> (Lease?, Bool) in
            guard !state.isClosed else { return (nil, false) }
            if let lease = state.idle.popLast() { return (lease, false) }
            guard state.count < maximum else { return (nil, false) }
            state.count += 1
            return (nil, true)
        }
        guard opens else { return lease }
        do throws(StorageError) { return Lease(try open()) } catch {
            forgetOne()
            return nil
        }
    }

    private func giveBack(_ lease: Lease, after duration: Duration?) {
        guard lease.session.isReusable else {
            lease.session.close()
            return forgetOne()
        }
        let isAwaited = monitor.withLock { state in
            if let duration { state.gauge.record(duration) }
            state.idle.append(lease)
            return state.isClosed
        }
        if isAwaited { monitor.broadcast() }
    }

    private func forgetOne() {
        monitor.withLock { $0.count -= 1 }
        monitor.broadcast()
    }
}
