import StorageKit

/// A cache that notes the calls of our side in a timeline, and changes nothing.
struct NarratedCache<Base: Cache>: Cache where Base.Key == String, Base.Value == Todo {
    let base: Base
    let timeline: Timeline

    var coordinator: CacheCoordinator<String, Todo> { base.coordinator }
    var statistics: CacheStatistics { base.statistics }

    func get(_ key: String) async throws(StorageError) -> CacheEntry<Todo>? {
        let entry = try await base.get(key)
        timeline.note("look up \(key) ─▶ \((entry?.value).word)")
        return entry
    }

    func get(_ keys: [String]) async throws(StorageError) -> [String: CacheEntry<Todo>] {
        try await base.get(keys)
    }

    func beginLoads(
        _ keys: [String], unlessFreshFor demanded: Duration?
    ) async throws(StorageError) -> [String: CacheLookup<Todo, Base.Ticket>] {
        let lookups = try await base.beginLoads(keys, unlessFreshFor: demanded)
        for lookup in lookups.values { timeline.note("register a load ─▶ \(word(lookup))") }
        return lookups
    }

    func loadEnded(of key: String, within patience: Duration) async -> Bool {
        await base.loadEnded(of: key, within: patience)
    }

    func publish(
        _ fills: [CacheFill<String, Todo, Base.Ticket>]
    ) async throws(StorageError) -> Set<String> {
        let stored = try await base.publish(fills)
        for fill in fills {
            let outcome = stored.contains(fill.key) ? "stored" : "REFUSED, the ticket is torn"
            timeline.note("fill with \(fill.entry.value.word) ─▶ \(outcome)")
        }
        return stored
    }

    func abandonLoads(_ tickets: [String: Base.Ticket]) async throws(StorageError) {
        try await base.abandonLoads(tickets)
    }

    func invalidate(_ keys: [String]) async throws(StorageError) {
        try await base.invalidate(keys)
        timeline.note("invalidate \(keys.joined(separator: " ")), tear its ticket")
    }

    func removeAll() async throws(StorageError) { try await base.removeAll() }

    private func word(_ lookup: CacheLookup<Todo, Base.Ticket>) -> String {
        switch lookup {
        case .hit(let entry): entry.value.word
        case .load: "a ticket"
        case .bypass: "no ticket"
        }
    }
}
