internal import StorageKit

/// The place of a relationship in the engine's tables: 32 bits, dense, never used again.
///
/// As a number it is the relationship's id, so that translating costs nothing; it is a type of its
/// own so that a node is not taken for a relationship, and 4 bytes so that adjacency is small.
struct RelationshipIndex: Hashable, Comparable, Sendable {
    let rawValue: UInt32

    init(_ rawValue: UInt32) { self.rawValue = rawValue }

    /// The place that an id stands for; `nil` for a number that the engine never gives.
    init?(_ id: RelationshipID) {
        guard let place = UInt32(exactly: id.rawValue), place != .max else { return nil }
        rawValue = place
    }

    /// The id.
    var id: RelationshipID { RelationshipID(UInt64(rawValue)) }

    static func < (left: RelationshipIndex, right: RelationshipIndex) -> Bool {
        left.rawValue < right.rawValue
    }
}

extension RelationshipIndex {
    /// The number, to find something in a vector by.
    var place: Int { Int(rawValue) }
}
