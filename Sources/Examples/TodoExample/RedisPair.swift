import KeyValueBackend
import StorageKit

/// Two connections to one Redis, as two processes have them.
struct RedisPair: Sendable {
    let first: RedisStore
    let second: RedisStore

    init(url: String) throws(StorageError) {
        first = try RedisStore(url: url)
        second = try RedisStore(url: url)
    }

    func close() async {
        await first.close()
        await second.close()
    }
}
