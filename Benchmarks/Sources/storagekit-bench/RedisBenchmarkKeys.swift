/// The keys of the redis suite, on the server for as long as this lives.
final class RedisBenchmarkKeys: Sendable {
    static let count = 10_000

    let address: RedisBenchmarkAddress
    let baseline: RedisBaseline
    let keys: [String]
    /// 64 bytes each, every one different.
    let values: [String]

    init() throws {
        address = try RedisBenchmarkAddress.fromEnvironment()
        keys = (0..<Self.count).map { "bench:key:\($0)" }
        values = (0..<Self.count).map { number in
            let digits = String(number)
            return "value:" + String(repeating: "0", count: 58 - digits.count) + digits
        }
        baseline = try RedisBaseline(address)
        try baseline.prepare(keys: keys, values: values)
    }

    // The server may be the user's own.
    deinit { baseline.empty() }

    /// Indices of keys, spread over all of them.
    static func order(_ count: Int) -> [Int32] { (0..<count).map { Int32($0 * 7919 % Self.count) } }

    /// What the C program adds up of a value it has read.
    static func checkSum(_ value: [UInt8]) -> Int64 {
        Int64(value.count) + Int64(value.first ?? 0) + Int64(value.last ?? 0)
    }
}
