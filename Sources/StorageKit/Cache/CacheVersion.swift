/// The version of an entity in its primary store: of two versions the greater one is newer.
///
/// What counts it (a column that each write counts up, a sequence of the database) is the
/// primary's affair; a clock is none, for clocks go back.
public struct CacheVersion: Hashable, Comparable, Sendable {
    /// The number.
    public let rawValue: Int64

    /// Creates a version.
    @inlinable
    public init(_ rawValue: Int64) { self.rawValue = rawValue }

    /// Whether the left one is older.
    @inlinable
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
