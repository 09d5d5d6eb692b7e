// MARK: This process

extension CacheLoad {
    @usableFromInline
    typealias Publications = [CacheType.Key: Task<Set<CacheType.Key>, Never>]

    /// The loads of this process that nobody joins any more and that are not published yet.
    ///
    /// To be asked before the cache is: a publication that ends between the two is waited for in
    /// no time.
    @usableFromInline
    var runningPublications: Publications {
        guard cache.coordinator.isShared else { return [:] }
        var running: Publications = [:]
        for key in led.lazy.map({ $0.wanted.key }) {
            running[key] = cache.coordinator.publications.running(key)
        }
        return running
    }

    /// Waits for publications of this process whose leases were found in the way, and looks again.
    @usableFromInline
    func waitFor(_ publications: Publications, _ lookups: inout Lookups) async {
        guard let keys = othersLoads(in: lookups)?.filter({ publications[$0] != nil }),
            !keys.isEmpty
        else { return }
        for key in keys { _ = await publications[key]?.value }
        lookups.merge(await cache.trustedLoads(keys)) { _, new in new }
    }
}

// MARK: Other processes

extension CacheLoad {
    /// Waits until others have loaded what they are loading, if there is nothing else to do.
    ///
    /// A batch that has to call the primary for one key asks it for all of them at once: waiting
    /// would save no round trip.
    @usableFromInline
    func waitForOthers(_ lookups: inout Lookups) async {
        let clock = cache.coordinator.clock
        let deadline = clock.now + policy.patience
        var waited = false
        while let keys = othersLoads(in: lookups), clock.now < deadline, !Task.isCancelled {
            if !waited { cache.coordinator.counters.count { $0.waits += 1 } }
            waited = true
            guard await waitForLoads(of: keys, until: deadline) else { break }
            lookups.merge(await cache.trustedLoads(keys)) { _, new in new }
        }
        if waited, othersLoads(in: lookups) != nil {
            cache.coordinator.counters.count { $0.waitsInVain += 1 }
        }
    }

    /// The keys that others are loading; `nil` when there are none, or when there is something to
    /// load here as well.
    private func othersLoads(in lookups: Lookups) -> [CacheType.Key]? {
        var keys: [CacheType.Key] = []
        for key in led.lazy.map({ $0.wanted.key }) {
            switch lookups[key] {
            case .hit?: continue
            case .bypass(.loading)?: keys.append(key)
            default: return nil
            }
        }
        return keys.isEmpty ? nil : keys
    }

    /// Whether it is worth while to look again.
    private func waitForLoads(of keys: [CacheType.Key], until deadline: Duration) async -> Bool {
        for key in keys {
            let left = deadline - cache.coordinator.clock.now
            guard left > .zero, await cache.loadEnded(of: key, within: left) else { return false }
        }
        return true
    }
}

// MARK: Too long

extension CacheLoad {
    /// Ends the flights with an error and cancels the load, when the time is over.
    ///
    /// The readers go at once; a primary that does not listen to cancellation may answer yet, and
    /// fills the cache then.
    @usableFromInline
    func watch(_ limit: Duration) -> Task<Void, Never> {
        let coordinator = cache.coordinator
        return Task {
            guard await coordinator.clock.sleep(for: limit), !Task.isCancelled else { return }
            coordinator.counters.count { $0.hardTimeouts += 1 }
            let error = StorageError.loadTimedOut("the load took as long as hardTimeout says")
            pauseRefreshes(of: led, after: .failure(error))
            for led in led { coordinator.flights.finish(led.seat, with: .failure(error)) }
            task.cancel()
        }
    }
}
