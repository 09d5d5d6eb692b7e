import KeyValueBackend
import StorageKit

/// Cache-aside as most programs have it: who missed stores what he read, whatever happened since.
///
/// With it the check of a history must find stale reads; that is what it is for.
final class NaiveCache: Cache {
    /// None is needed.
    struct Ticket: Sendable {}

    let coordinator = CacheCoordinator<Int, Register>(isShared: true)
    private let store: RedisStore

    init(_ store: RedisStore) { self.store = store }

    var statistics: CacheStatistics { coordinator.statistics }

    func get(_ key: Int) async throws(StorageError) -> CacheEntry<Register>? {
        guard let text = try await store.get(name(key))?.string, let version = Int(text) else {
            return nil
        }
        return CacheEntry(Register(id: key, version: version))
    }

    func get(_ keys: [Int]) async throws(StorageError) -> [Int: CacheEntry<Register>] {
        var found: [Int: CacheEntry<Register>] = [:]
        for key in keys { found[key] = try await get(key) }
        return found
    }

    func beginLoads(
        _ keys: [Int], unlessFreshFor demanded: Duration?
    ) async throws(StorageError) -> [Int: CacheLookup<Register, Ticket>] {
        Dictionary(uniqueKeysWithValues: keys.map { ($0, .load(Ticket())) })
    }

    func publish(
        _ fills: [CacheFill<Int, Register, Ticket>]
    ) async throws(StorageError) -> Set<Int> {
        for fill in fills {
            guard let register = fill.entry.value else { continue }
            try await store.set(
                name(fill.key), to: ByteString("\(register.version)"),
                expires: .after(.seconds(60)))
        }
        return Set(fills.map(\.key))
    }

    func abandonLoads(_ tickets: [Int: Ticket]) async throws(StorageError) {}

    func invalidate(_ keys: [Int]) async throws(StorageError) {
        try await store.delete(keys.map(name))
        coordinator.detachLoads(of: keys)
    }

    func removeAll() async throws(StorageError) {
        throw StorageError(code: .unsupported, message: "nobody clears it in a history")
    }

    private func name(_ key: Int) -> ByteString { ByteString("naive:\(key)") }
}
