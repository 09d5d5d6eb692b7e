import StorageKit
import StorageKitInMemory
import StorageKitTesting

/// Caches of several processes over one store, on a clock that the test moves.
struct SharedCacheScene {
    typealias Shared = KeyValueCache<String, StringCodec, InMemoryKeyValueStore>

    let clock = ManualClock()
    let store: InMemoryKeyValueStore

    init() { store = InMemoryKeyValueStore(clock: clock) }

    /// The cache of one more process.
    func cache(_ options: SharedCacheOptions = SharedCacheOptions()) -> Shared {
        let clock = clock
        let wallClock: @Sendable () -> SharedCacheInstant = {
            SharedCacheInstant(milliseconds: 1_000_000).after(clock.now.offset)
        }
        return Shared(
            store, namespace: "test", keys: .string, values: StringCodec(), options: options,
            clock: clock, wallClock: wallClock)
    }
}

extension Cache where Key == String, Value == String {
    /// Loads an entry, as a reader does.
    @discardableResult
    func fill(_ key: String, _ entry: CacheEntry<String>) async throws -> Bool {
        guard case .load(let ticket) = try await beginLoad(key) else { return false }
        return try await publish([CacheFill(key: key, entry: entry, ticket: ticket)]) == [key]
    }
}

/// Repeats of a byte as their number: enough to see that something was compressed, and what a
/// damaged text costs.
struct RunLengths: CacheCompression {
    var identifier: UInt8 = 7

    func compress(_ bytes: ByteString) throws(StorageError) -> ByteString {
        guard let first = bytes.bytes.first, bytes.bytes.allSatisfy({ $0 == first }) else {
            throw StorageError(code: .encodingFailed, message: "not one byte again and again")
        }
        return ByteString([first] + Array(String(bytes.count).utf8))
    }

    func decompress(_ bytes: ByteString, limit: Int) throws(StorageError) -> ByteString {
        guard let first = bytes.bytes.first,
            let count = Int(String(decoding: bytes.bytes.dropFirst(), as: UTF8.self)),
            (0...limit).contains(count)
        else { throw StorageError(code: .decodingFailed, message: "damaged or too long") }
        return ByteString(Array(repeating: first, count: count))
    }
}
