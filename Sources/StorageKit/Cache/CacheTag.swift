/// A name that entries of many keys share, so that they can be invalidated together.
///
/// ```swift
/// try await cache.invalidate(tags: ["author:7"])
/// ```
///
/// Tags are equal if their UTF-8 is, as it is for a cache on another machine: two texts that Swift
/// calls equal and that are written differently are two tags.
public struct CacheTag: Hashable, Sendable, ExpressibleByStringInterpolation {
    /// The name.
    public let name: String

    /// Creates a tag.
    @inlinable
    public init(_ name: String) { self.name = name }

    /// Creates a tag from a literal.
    @inlinable
    public init(stringLiteral name: String) { self.name = name }

    /// Whether the names have the same bytes.
    @inlinable
    public static func == (left: Self, right: Self) -> Bool {
        left.name.utf8.elementsEqual(right.name.utf8)
    }

    /// Hashes the bytes of the name.
    @inlinable
    public func hash(into hasher: inout Hasher) {
        for byte in name.utf8 { hasher.combine(byte) }
        // Ends it, so that two tags in a row hash by where the one stops as well.
        hasher.combine(0xFF as UInt8)
    }
}
