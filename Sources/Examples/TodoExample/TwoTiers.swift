import KeyValueBackend
import StorageKit

/// Two tiers: what this process keeps in memory, in front of what all processes keep in Redis.
///
/// Each process makes one. What one of them writes the others hear of, and drop it from their
/// memory; whatever the network does, nobody is given an entry from there that is older than what
/// was written a second before.
enum TwoTiers {
    /// What all processes keep in Redis.
    typealias Shared = RedisCache<String, JSONCodec<Todo>>

    /// The cache of a process that is connected by this store.
    static func make(redis: RedisStore) -> TieredCache<InMemoryCache<String, Todo>, Shared> {
        TieredCache(
            local: InMemoryCache(capacity: 10_000), shared: makeShared(redis: redis),
            bound: .seconds(1))
    }

    /// The shared one of the tiers, by itself.
    static func makeShared(redis: RedisStore) -> Shared {
        Shared(redis, namespace: "todo-example", keys: .string, values: JSONCodec())
    }
}
