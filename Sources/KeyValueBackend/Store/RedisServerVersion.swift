/// Which server it is, and its version.
public struct RedisServerVersion: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// `redis` or `valkey`.
    public let product: String
    /// The first number of the version.
    public let major: Int
    /// The second.
    public let minor: Int
    /// The third.
    public let patch: Int

    /// Creates a version.
    public init(product: String = "redis", major: Int, minor: Int, patch: Int) {
        self.product = product
        self.major = major
        self.minor = minor
        self.patch = patch
    }

    /// Reads the answer to `INFO server`.
    ///
    /// Valkey names a version of Redis too, the one it is compatible with; its own counts.
    init?(info: String) {
        var values: [Substring: Substring] = [:]
        for line in info.split(whereSeparator: \.isNewline) {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2 { values[parts[0]] = parts[1] }
        }
        let product = values["valkey_version"] == nil ? "redis" : "valkey"
        guard let version = values["\(product)_version"] else { return nil }
        let numbers = version.split(separator: ".").compactMap { Int($0) }
        guard numbers.count == 3 else { return nil }
        self.init(product: product, major: numbers[0], minor: numbers[1], patch: numbers[2])
    }

    /// For example `redis 7.0.15`.
    public var description: String { "\(product) \(major).\(minor).\(patch)" }

    /// Whether the numbers of the left are smaller, whatever the product.
    public static func < (left: RedisServerVersion, right: RedisServerVersion) -> Bool {
        (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
    }
}
