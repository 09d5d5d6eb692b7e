extension InMemoryCache {
    /// The entry under the key, or `nil` when there is none or it has expired.
    @inlinable
    public func get(_ key: Key) -> CacheEntry<Value>? {
        withStripe(of: key) { stripe, key in stripe.get(key, now: clock.now) }
    }

    /// The entries that exist under the keys.
    @inlinable
    public func get(_ keys: [Key]) -> [Key: CacheEntry<Value>] {
        var found: [Key: CacheEntry<Value>] = [:]
        for key in keys { found[key] = get(key) }
        return found
    }

    /// Looks each key up once more and registers a load of it if there is no entry that is fresh
    /// enough.
    @inlinable
    public func beginLoads(
        _ keys: [Key], unlessFreshFor demanded: Duration? = .zero
    ) -> [Key: CacheLookup<Value, Ticket>] {
        var lookups: [Key: CacheLookup<Value, Ticket>] = [:]
        for key in keys where lookups[key] == nil {
            lookups[key] = withStripe(of: key) { stripe, key in
                stripe.beginLoad(key, unlessFreshFor: demanded, now: clock.now)
            }
        }
        return lookups
    }

    /// Stores each entry whose ticket is still the registered one, and ends those loads.
    @discardableResult
    @inlinable
    public func publish(_ fills: [CacheFill<Key, Value, Ticket>]) -> Set<Key> {
        Set(fills.lazy.filter(publish).map { $0.key })
    }

    @inlinable
    func publish(_ fill: CacheFill<Key, Value, Ticket>) -> Bool {
        let entry = completed(fill.entry)
        let weight = weigh(entry.value, under: fill.key)
        return withStripe(of: fill.key) { stripe, key in
            stripe.publish(entry, weight: weight, for: key, ticket: fill.ticket, now: clock.now)
        }
    }

    /// Ends loads that found nothing to publish, as far as they are still registered.
    @inlinable
    public func abandonLoads(_ tickets: [Key: Ticket]) {
        for (key, ticket) in tickets {
            withStripe(of: key) { stripe, key in stripe.abandonLoad(key, ticket: ticket) }
        }
    }

    /// Removes the entries and the registered loads of the keys, then detaches their running loads.
    @inlinable
    public func invalidate(_ keys: [Key]) {
        for key in keys {
            withStripe(of: key) { stripe, key in stripe.invalidate(key) }
        }
        coordinator.detachLoads(of: keys)
    }

    /// Removes every entry and registered load, then detaches every running load.
    ///
    /// Takes time in proportion to the number of entries, a stripe at a time.
    public func removeAll() {
        forEachStripe { $0.removeAll() }
        coordinator.detachAllLoads()
    }
}
