/// Which relationship of a store it is: given by the store, and never given to another one.
///
/// It stays the same for as long as the relationship is there, across transactions and restarts.
/// After the relationship was deleted it stands for nothing. Another store gives the same number to
/// something else.
public struct RelationshipID: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    /// The number.
    public let rawValue: UInt64

    /// The relationship of a number that a store gave.
    public init(_ rawValue: UInt64) { self.rawValue = rawValue }

    /// The number, as a text.
    public var description: String { String(rawValue) }

    /// The order in which a store gave them.
    public static func < (left: RelationshipID, right: RelationshipID) -> Bool {
        left.rawValue < right.rawValue
    }
}
