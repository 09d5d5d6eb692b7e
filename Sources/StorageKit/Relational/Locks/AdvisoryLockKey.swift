/// What an advisory lock is known by, in every program that uses it.
///
/// ```swift
/// try await locks.withAdvisoryLock("nightly report", waiting: .seconds(5)) { … }
/// ```
public struct AdvisoryLockKey: Hashable, Sendable, CustomStringConvertible {
    /// The name it was made from, or its number in decimal digits.
    public let description: String
    /// The same as a number, for databases whose locks have numbers; for a name its FNV-1a hash of
    /// 64 bits (Fowler, Noll and Vo), so that another program can name the same lock.
    ///
    /// Two names have the same number once in 2⁶⁴ pairs; their locks would then be one.
    public let number: Int64

    /// The key of a name.
    public init(_ name: String) {
        description = name
        var hash = FNVHash()
        hash.add(name.utf8)
        number = Int64(bitPattern: hash.value)
    }

    /// The key of a number, as other programs use it.
    public init(number: Int64) {
        description = "\(number)"
        self.number = number
    }

    /// Keys are the same when their numbers are: that is what the database sees.
    public static func == (left: Self, right: Self) -> Bool { left.number == right.number }

    /// Hashes the number.
    public func hash(into hasher: inout Hasher) { hasher.combine(number) }
}

extension AdvisoryLockKey: ExpressibleByStringLiteral {
    /// The key of a name.
    public init(stringLiteral name: String) { self.init(name) }
}
