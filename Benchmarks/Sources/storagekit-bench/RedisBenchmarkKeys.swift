import KeyValueBackend
import StorageKit

/// The keys of the redis suite, on the server for as long as this lives, and the two who use them.
final class RedisBenchmarkKeys: Sendable {
    static let count = 10_000

    let store: RedisStore
    let baseline: RedisBaseline
    let keys: [ByteString]
    /// 64 bytes each, every one different.
    let values: [ByteString]

    init() throws {
        let address = try RedisBenchmarkAddress.fromEnvironment()
        let keys = (0..<Self.count).map { "bench:key:\($0)" }
        let values = (0..<Self.count).map { number in
            let digits = String(number)
            return "value:" + String(repeating: "0", count: 58 - digits.count) + digits
        }
        (self.keys, self.values) = (keys.map { ByteString($0) }, values.map { ByteString($0) })
        store = try RedisStore(url: address.url)
        baseline = try RedisBaseline(address)
        try baseline.prepare(keys: keys, values: values)
    }

    // The server may be the user's own.
    deinit { baseline.empty() }

    /// Indices of keys, spread over all of them.
    static func order(_ count: Int) -> [Int32] { (0..<count).map { Int32($0 * 7919 % Self.count) } }

    /// What the C program adds up of a value it has read; -1 for none, which it never is.
    static func checkSum(_ value: ByteString?) -> Int64 {
        guard let bytes = value?.bytes, let first = bytes.first, let last = bytes.last else {
            return -1
        }
        return Int64(bytes.count) + Int64(first) + Int64(last)
    }
}
