/// Settling doubts without a reader who asks: ``CacheDoubts`` says when.
extension Cache {
    /// The cache has answered somebody: it may be time to tell it what it has missed.
    @inlinable
    func answered() {
        if coordinator.hasDoubts { resynchroniseSoon() }
    }

    @usableFromInline
    func resynchroniseSoon() {
        if coordinator.mistrust.cacheAnswered() { resynchronise() }
    }

    /// Settles all doubts in the background, in a task that ends when there are none.
    ///
    /// Detached: it outlives whoever cast the doubt and must not carry his task-local values or his
    /// priority. It keeps the cache until it ends, for others rely on what it does.
    func resynchronise() {
        Task.detached {
            while true {
                switch self.coordinator.mistrust.next() {
                case .settle(let claim): await self.resettle(claim)
                case .pause(let time): await self.coordinator.mistrust.nap(for: time)
                case .end: return
                }
            }
        }
    }

    /// Settles what was claimed; one by one, where the cache refuses something of it for good.
    private func resettle(_ claim: CacheSuspects<Key>.Claim) async {
        do {
            try await settle(claim)
        } catch {
            coordinator.counters.countCacheError(error)
            guard !error.isRetryable else { return coordinator.mistrust.failed(claim) }
            let parts = claim.parts
            guard parts.count > 1 else { return coordinator.mistrust.refused(claim) }
            for part in parts { await resettle(part) }
        }
    }
}
