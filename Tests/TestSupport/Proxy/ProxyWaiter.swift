/// A task that waits for a ``TCPProxy``'s counts.
struct ProxyWaiter: Sendable {
    let isReached: @Sendable (ProxyCounts) -> Bool
    let continuation: CheckedContinuation<ProxyCounts, any Error>
    let end = ContinuousClock.now + Waiting.limit

    /// Resumes the task if its time has come, and says whether it has.
    func answer(_ counts: ProxyCounts, at now: ContinuousClock.Instant) -> Bool {
        if isReached(counts) {
            continuation.resume(returning: counts)
        } else if now >= end {
            fail("it is at \(counts)")
        } else {
            return false
        }
        return true
    }

    func fail(_ reason: String) {
        continuation.resume(throwing: TestFailure("the proxy's counts did not come: \(reason)"))
    }
}
