extension InMemoryCache {
    /// Lets no entry of the key be evicted from now on.
    ///
    /// The key stays pinned while its entries come and go: they still expire, are invalidated, and
    /// are replaced. There can be as many pins as entries: with ``capacity`` all taken by entries
    /// of pinned keys, or the maximum weight, no other entry is kept, and its removal is reported
    /// as ``CacheRemovalCause/tooHeavy``.
    ///
    /// - Returns: Whether it is pinned; `false` when the key's stripe has as many pins as places.
    @discardableResult
    public func pin(_ key: Key) -> Bool {
        withStripe(of: key) { stripe, key in stripe.pin(key) }
    }

    /// Lets entries of the key be evicted again.
    public func unpin(_ key: Key) {
        withStripe(of: key) { stripe, key in stripe.unpin(key) }
    }
}
