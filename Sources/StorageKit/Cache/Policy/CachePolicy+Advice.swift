extension CachePolicy {
    /// What of a policy makes sense depends on where it is used.
    struct Surroundings: Hashable, Sendable {
        /// Whether other processes share the cache.
        var isShared = false
        /// Whether writes set barriers.
        var isStrict = false
        /// Whether the cache is told of versions.
        var isVersioned = false
    }

    /// Everything that is worth saying about the policy there, in a fixed order.
    func advice(in surroundings: Surroundings) -> [CacheAdvice] {
        keepingAdvice(in: surroundings) + staleAdvice + waitingAdvice(in: surroundings)
            + writingAdvice(in: surroundings)
    }

    private func keepingAdvice(in surroundings: Surroundings) -> [CacheAdvice] {
        [
            advice(
                "time-to-live-zero", "timeToLive is zero: nothing is ever a hit",
                when: timeToLive == .zero),
            advice(
                "shared-without-time-to-live",
                "other processes share the cache and entries have no timeToLive of their own: what "
                    + "a failed invalidation leaves behind may stay for good",
                when: surroundings.isShared && timeToLive == nil),
            advice(
                "negative-outlives-positive",
                "negativeTimeToLive is longer than timeToLive: it is remembered longer that an "
                    + "entity is absent than what it is",
                when: isLonger(negativeTimeToLive, than: timeToLive)),
            advice(
                "jitter-without-time-to-live",
                "jitter has nothing to make shorter: set timeToLive as well",
                when: jitter > 0 && timeToLive == nil && negativeTimeToLive == nil),
            advice(
                "refresh-ahead-exceeds-time-to-live",
                "refreshAhead is no shorter than the shortest time to live: every hit reads again",
                when: shortestTimeToLive.map { refreshAhead > .zero && refreshAhead >= $0 }
                    ?? false),
        ].compactMap { $0 }
    }

    private var staleAdvice: [CacheAdvice] {
        [
            advice(
                "stale-without-time-to-live",
                "without timeToLive nothing becomes stale before it is gone: set it as well",
                when: staleTime > .zero && timeToLive == nil),
            advice(
                "stale-rescue-shorter",
                "staleIfPrimaryFails is shorter than staleWhileRevalidating: it is never asked, "
                    + "for within the longer one nobody waits for the primary",
                when: staleIfPrimaryFails > .zero && staleIfPrimaryFails <= staleWhileRevalidating),
            advice(
                "soft-timeout-without-stale",
                "softTimeout without staleIfPrimaryFails has nothing to give out: each is an error",
                when: softTimeout != nil && staleIfPrimaryFails == .zero),
        ].compactMap { $0 }
    }

    private func waitingAdvice(in surroundings: Surroundings) -> [CacheAdvice] {
        [
            advice(
                "soft-timeout-exceeds-hard",
                "softTimeout is no shorter than hardTimeout: the load is cancelled before",
                when: isAtLeast(softTimeout, hardTimeout)),
            advice(
                "timeout-zero", "softTimeout or hardTimeout is zero: every load that waits fails",
                when: softTimeout == .zero || hardTimeout == .zero),
            advice(
                "patience-exceeds-timeout",
                "patience is no shorter than softTimeout or hardTimeout: who waits for another "
                    + "process never gets to read the primary",
                when: isAtLeast(patience, softTimeout) || isAtLeast(patience, hardTimeout)),
            advice(
                "patience-without-sharing",
                "patience concerns the loads of other processes, and the cache has none",
                when: patience > .zero && !surroundings.isShared),
        ].compactMap { $0 }
    }

    private func writingAdvice(in surroundings: Surroundings) -> [CacheAdvice] {
        [
            advice(
                "barrier-shorter-than-timeout",
                "barrierTime is shorter than hardTimeout: a write may take as long as a load, and "
                    + "one that outlives its barrier is not strict",
                when: surroundings.isStrict && isLonger(hardTimeout, than: barrierTime)),
            advice(
                "barrier-zero", "barrierTime is zero: no write is strict",
                when: surroundings.isStrict && barrierTime == .zero),
            advice(
                "lag-without-versions",
                "replicaLag does nothing unless the cache is told of versions: see versioned()",
                when: replicaLag > .zero && !surroundings.isVersioned),
        ].compactMap { $0 }
    }

    private func advice(_ code: String, _ message: String, when holds: Bool) -> CacheAdvice? {
        holds ? CacheAdvice(code: code, message: message) : nil
    }

    private var shortestTimeToLive: Duration? { timeToLive.map { $0 * (1 - jitter) } }

    private func isLonger(_ time: Duration?, than other: Duration?) -> Bool {
        guard let time, let other else { return false }
        return time > other
    }

    private func isAtLeast(_ time: Duration?, _ other: Duration?) -> Bool {
        guard let time, let other, time > .zero else { return false }
        return time >= other
    }
}
