internal import Synchronization

/// What is known of kinds of query: whether an index serves them.
final class ScanMemory: Sendable {
    private struct Known {
        let scan: UnindexedScan?
        let time: Duration
    }

    private struct State {
        var known: [DocumentQueryShape: Known] = [:]
        /// Counts the changes of indexes: what was asked before one is not remembered after it.
        var epoch = 0
    }

    private let state = Mutex(State())
    private let maximumCount: Int
    private let lifetime: Duration
    private let elapsed: @Sendable () -> Duration

    init(maximumCount: Int, lifetime: Duration, clock: some Clock<Duration>) {
        self.maximumCount = max(1, maximumCount)
        self.lifetime = lifetime
        let start = clock.now
        elapsed = { start.duration(to: clock.now) }
    }

    /// What a question that is asked now gives to ``remember(_:of:since:)``.
    var epoch: Int { state.withLock(\.epoch) }

    /// What is known of a kind of query: a scan, or that there is none; `nil` when nothing is.
    func scan(of shape: DocumentQueryShape) -> UnindexedScan?? {
        let now = elapsed()
        return state.withLock { state in
            guard let known = state.known[shape], now - known.time < lifetime else { return nil }
            return .some(known.scan)
        }
    }

    /// Remembers what was found out, unless indexes were changed meanwhile.
    ///
    /// - Returns: Whether nobody has found it out before.
    func remember(
        _ scan: UnindexedScan?, of shape: DocumentQueryShape, since epoch: Int
    ) -> Bool {
        let now = elapsed()
        return state.withLock { state in
            guard state.epoch == epoch else { return true }
            if let known = state.known[shape], now - known.time < lifetime { return false }
            if state.known.count >= maximumCount, state.known[shape] == nil {
                state.known = state.known.filter { now - $1.time < lifetime }
            }
            if state.known.count >= maximumCount, state.known[shape] == nil,
                let oldest = state.known.min(by: { $0.value.time < $1.value.time })
            {
                state.known[oldest.key] = nil
            }
            state.known[shape] = Known(scan: scan, time: now)
            return true
        }
    }

    /// Forgets what is known of a collection.
    func forget(_ collection: String) {
        state.withLock { state in
            state.epoch += 1
            state.known = state.known.filter { $0.key.collection != collection }
        }
    }
}
