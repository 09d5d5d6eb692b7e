internal import StorageKit

/// Ends what a ``MongoSession`` does, by having the server kill the session's calls and cursors.
///
/// A call of libmongoc cannot be made to return from another thread. The server can: it then
/// answers the call with an error. A kill that comes to the server before the call does finds
/// nothing, so it is repeated until the call has come back.
final class MongoInterrupter: BlockingInterrupter {
    private struct State {
        var session: Document?
        var isInterrupted = false
        /// Whether a call is on its way: without one there is nothing to kill.
        var isRunning = false
        /// How many kills are on their way, which could hit the session's next call: more than one
        /// when a call is given up while the loop of the one before it has not ended yet.
        var kills = 0
    }

    private let state = Monitor(State())
    private let killer: MongoSessionKiller?

    /// - Parameter killer: Who asks the server; `nil` for a session whose calls are only waited
    ///   for.
    init(_ killer: MongoSessionKiller?) { self.killer = killer }

    /// The session's number on the server; `nil` before its first call.
    var session: Document? {
        get { state.withLock(\.session) }
        set { state.withLock { $0.session = newValue } }
    }

    /// Whether the call that runs has been given up.
    var isInterrupted: Bool { state.withLock(\.isInterrupted) }

    func interrupt() {
        let isFirst = state.withLock { state in
            defer { state.isInterrupted = true }
            return !state.isInterrupted
        }
        guard isFirst, let killer else { return }
        Task.detached {
            while self.isWanted {
                if let session = self.beginKill() {
                    await killer.kill(session)
                    self.endKill()
                }
                await killer.pause()
            }
        }
    }

    /// A call begins.
    ///
    /// - Returns: Whether it is still wanted.
    func began() -> Bool {
        state.withLock { state in
            state.isRunning = !state.isInterrupted
            return state.isRunning
        }
    }

    /// The call has come back.
    func ended() { state.withLock { $0.isRunning = false } }

    func reset() {
        state.waitForValue { state in
            state.isInterrupted = false
            return state.kills > 0 ? nil : ()
        }
    }

    /// Whether the call that was given up has not come back.
    private var isWanted: Bool { state.withLock { $0.isInterrupted && $0.isRunning } }

    /// - Returns: The session to kill; `nil` when its call has come back, or has none yet.
    private func beginKill() -> Document? {
        state.withLock { state in
            guard state.isInterrupted, state.isRunning, let session = state.session else {
                return nil
            }
            state.kills += 1
            return session
        }
    }

    private func endKill() {
        state.withLock { $0.kills -= 1 }
        state.broadcast()
    }
}
