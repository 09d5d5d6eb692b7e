import StorageKit

extension Cache {
    /// Registers a load and publishes at once.
    @discardableResult
    func fill(
        _ key: Key, _ value: Value, timeToLive: Duration? = nil
    ) async throws(StorageError) -> Bool {
        try await fill(key, CacheEntry(value, timeToLive: timeToLive))
    }

    /// Registers a load and publishes at once, whatever is there.
    @discardableResult
    func fill(_ key: Key, _ entry: CacheEntry<Value>) async throws(StorageError) -> Bool {
        guard let ticket = try await ticket(key, unlessFreshFor: nil) else { return false }
        let fill = CacheFill(key: key, entry: entry, ticket: ticket)
        return try await publish([fill]).contains(key)
    }

    /// The ticket of a load, if one could be registered.
    func ticket(
        _ key: Key, unlessFreshFor demanded: Duration? = .zero
    ) async throws(StorageError) -> Ticket? {
        guard case .load(let ticket) = try await beginLoad(key, unlessFreshFor: demanded) else {
            return nil
        }
        return ticket
    }
}

extension CacheLookup {
    /// Why no load was registered, if none was.
    var bypass: CacheBypass? {
        if case .bypass(let reason) = self { reason } else { nil }
    }
}
