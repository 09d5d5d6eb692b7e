internal import Synchronization

extension InMemoryCache {
    /// Runs the body on the key's stripe, alone, and tells of what it removed after the lock is
    /// free.
    @inlinable
    func withStripe<Result: Sendable>(
        of key: Key, _ body: (inout Stripe, HashedKey<Key>) -> Result
    ) -> Result {
        let key = HashedKey(key)
        var removed: [CacheRemoval<Key, Value>] = []
        let result = stripes.withLock(hash: key.hash) { stripe in
            defer { swap(&removed, &stripe.removed) }
            return body(&stripe, key)
        }
        if !removed.isEmpty { tell(of: removed) }
        return result
    }

    /// Runs the body on one stripe after the other, and tells of what it removed after each.
    @usableFromInline
    func forEachStripe(_ body: (inout Stripe) -> Void) {
        for stripe in stripes.stripes {
            var removed: [CacheRemoval<Key, Value>] = []
            stripe.state.withLock { state in
                body(&state)
                swap(&removed, &state.removed)
            }
            tell(of: removed)
        }
    }

    /// Tells the listener; what nobody listens for is destroyed by the caller, outside the lock
    /// all the same.
    @usableFromInline
    func tell(of removed: [CacheRemoval<Key, Value>]) {
        guard let listener = settings.removalListener else { return }
        for removal in removed { listener(removal) }
    }

    /// What the weigher says; foreign code, so not to be called under a lock.
    @inlinable
    func weigh(_ value: Value?, under key: Key) -> Int {
        guard let weigher = settings.weigher else { return 1 }
        return max(0, weigher(key, value))
    }

    /// The entry with the cache's own time to live where it has none.
    @inlinable
    func completed(_ entry: CacheEntry<Value>) -> CacheEntry<Value> {
        var entry = entry
        entry.timeToLive = entry.timeToLive ?? settings.timeToLive
        return entry
    }
}
