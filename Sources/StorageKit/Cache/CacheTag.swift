/// A name that entries of many keys share, so that they can be invalidated together.
///
/// ```swift
/// try await cache.invalidate(tags: ["author:7"])
/// ```
public struct CacheTag: Hashable, Sendable, ExpressibleByStringLiteral {
    /// The name.
    public let name: String

    /// Creates a tag.
    @inlinable
    public init(_ name: String) { self.name = name }

    /// Creates a tag from a literal.
    @inlinable
    public init(stringLiteral name: String) { self.name = name }
}
