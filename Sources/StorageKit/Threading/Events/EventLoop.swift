internal import Synchronization

/// One thread that waits for the descriptors and timers of connections.
///
/// ## Why a thread
///
/// Swift's cooperative pool has no place where one may wait for a descriptor, and waiting there
/// would stop the program. So one thread waits, for as many connections as it is given. It is
/// started with the first ``start(_:)`` and ends with the last connection, so a loop that nobody
/// uses costs nothing, and nothing has to be closed.
///
/// ```
///    any thread                          the event thread
///   ────────────                        ──────────────────
///   start(job) ─┐   ┌─────────┐    ┌──▶ wait for descriptors, a wake-up, or the next timer
///   signal(h) ──┴─▶ │ mailbox │ ───┤      ready(…), timeReached(…) of handlers
///        wakes if   └─────────┘    │      what is in the mailbox
///        it sleeps                 └──◀── until no handler is left
/// ```
///
/// Handlers, timers and the poller belong to the thread (``EventThread``) and need no lock. Only
/// the mailbox has one. While the thread is awake nobody pays for waking it: it looks into the
/// mailbox before it sleeps.
package final class EventLoop: Sendable {
    package typealias Job = @Sendable (EventThread) -> Void

    /// What other threads leave for the event thread.
    struct Mailbox {
        var jobs: [Job] = []
        var signalled: [any EventHandler] = []
        var isAsleep = false
        /// Set while the thread runs.
        var pipe: WakePipe?

        var isEmpty: Bool { jobs.isEmpty && signalled.isEmpty }
    }

    let mailbox = Mutex(Mailbox())

    /// For how long the thread looks again before it sleeps, where that pays; see ``SpinBudget``.
    package let spinTime: Duration

    package init(spinTime: Duration = .zero) { self.spinTime = spinTime }

    /// Runs the job on the event thread, which is started when there is none.
    ///
    /// - Throws: When the system has no thread or no descriptor left; the job does not run then.
    package func start(_ job: @escaping Job) throws(StorageError) {
        try mailbox.withLock { box throws(StorageError) in
            if let pipe = box.pipe {
                box.jobs.append(job)
                if box.isAsleep { pipe.wake() }
                return
            }
            let pipe = try WakePipe()
            do throws(StorageError) {
                try PlatformThread.start { [self] in EventThread(self, pipe).run() }
            } catch {
                pipe.close()
                throw error
            }
            box.pipe = pipe
            box.jobs.append(job)
        }
    }

    /// Runs the job on the event thread; without one nothing that could be of interest exists.
    package func enqueue(_ job: @escaping Job) {
        mailbox.withLock { box in
            guard let pipe = box.pipe else { return }
            box.jobs.append(job)
            if box.isAsleep { pipe.wake() }
        }
    }

    /// Has the handler called on the event thread soon.
    package func signal(_ handler: any EventHandler) {
        mailbox.withLock { box in
            guard let pipe = box.pipe else { return }
            box.signalled.append(handler)
            if box.isAsleep { pipe.wake() }
        }
    }

    /// Whether its thread runs; for tests.
    package var isRunning: Bool { mailbox.withLock { $0.pipe != nil } }
}
