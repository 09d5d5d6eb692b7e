import StorageKit
internal import Synchronization

/// What the event thread calls.
extension RedisConnection {
    func ready(readable: Bool, writable: Bool) {
        switch driver.phase {
        case .none: break
        case .attempting(let attempt):
            go(on: attempt) { () throws(StorageError) in try attempt.advance() }
        case .greeting, .ready:
            // TLS may have to read before it can write and the other way round, so both are tried.
            let wasBlocked = state.withLock { $0.isBlocked }
            if wasBlocked {
                state.withLock { $0.unblock() }
                _ = write()
            }
            if readable { readAll() }
            service(hasWritten: wasBlocked)
        }
    }

    func signalled() { service(takesOver: true) }

    func timeReached(_ now: Moment) {
        if driver.linkTimer <= now { linkTimeReached(now) }
        expire(now)
        service()
    }

    /// Does what has become possible or due, and waits for what is not yet.
    ///
    /// - Parameters:
    ///   - takesOver: Whether to write although somebody does: who did and found more to do than it
    ///     may has called the thread.
    ///   - hasWritten: Whether this thread has just written, and so may have failed to.
    func service(takesOver: Bool = false, hasWritten: Bool = false) {
        let (mayWrite, isBlocked) = state.withLock { state in
            let isBlocked = state.isBlocked
            return (
                takesOver ? state.beginWriting() : state.beginWritingIfNobodyDoes(), isBlocked
            )
        }
        if mayWrite { _ = write() }
        // Whoever fails to write blocks the link and calls this thread. Without that the lock is
        // not asked for: the task that was just resumed may be sending, and would have to wake us.
        if mayWrite || hasWritten || isBlocked, let error = output.withLock({ $0.failure }) {
            return breakLink(error)
        }
        if state.withLock({ $0.isDone }) { return shutDown(Self.closed) }
        if let channel = driver.channel { watch(channel) }
        armTimer()
    }

    /// Watches for what can be gone on with.
    ///
    /// Who reads nothing must not watch at all: `poll` reports a hang-up in any case, again and
    /// again until it is read.
    private func watch(_ channel: any ByteChannel) {
        guard let (thread, key) = driver.registration else { return }
        let writes = state.withLock { $0.isBlocked } && output.withLock { $0.waitsToWrite }
        let reads = !driver.isReadingPaused
        if reads || writes {
            thread.watch(key, descriptor: channel.descriptor, readable: reads, writable: writes)
        } else {
            thread.stopWatching(key)
        }
    }

    /// Has the thread look again at the earliest time that matters.
    func armTimer() {
        guard let (thread, key) = driver.registration else { return }
        let deadlines = state.withLock { $0.timer }
        thread.wake(key, at: min(driver.linkTimer, deadlines))
    }

    private func linkTimeReached(_ now: Moment) {
        driver.linkTimer = .never
        switch driver.phase {
        case .attempting(let attempt):
            go(on: attempt) { () throws(StorageError) in try attempt.timeReached(now) }
        case .greeting:
            breakLink(
                StorageError(
                    code: .unavailable, message: "the server did not answer a new connection"))
        case .none:
            guard let thread = driver.registration?.thread else { return }
            if state.withLock({ $0.beginOpening(always: sink != nil) }) { openLink(on: thread) }
        case .ready: break
        }
    }

    /// Ends what is overdue, and the link with it when it shows no sign of life.
    private func expire(_ now: Moment) {
        let (_, anySent) = state.withLock { state in
            let (next, anySent) = state.expire(now, into: &driver.resumptions)
            if anySent, settings.breaksWhenAbandoned { state.doom() }
            return (next, anySent)
        }
        Self.resume(&driver.resumptions)
        if anySent, settings.breaksWhenAbandoned { return breakAbandoned() }
        if isStalled(now) {
            breakLink(
                StorageError(
                    code: .unavailable,
                    message:
                        "the server has not answered in time, and the connection is given up; see "
                        + "operationTimeout"
                ))
        }
    }

    private func isStalled(_ now: Moment) -> Bool {
        guard let patience = settings.patience, case .ready = driver.phase else { return false }
        let sign = driver.lastSign
        return state.withLock { $0.queue.isStalled(now, since: sign, patience: patience) }
    }
}
