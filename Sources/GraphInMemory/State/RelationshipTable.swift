/// Which relationships there are: 12 bytes each, in the order in which they were created.
///
/// A place is given once. That is what rows and chains rest on: they may name a relationship that
/// is gone, and the table tells so.
struct RelationshipTable: Sendable {
    private(set) var rows = PagedVector<RelationshipEnds>(default: .absent)
    /// How many there are of each type, by its symbol.
    private(set) var counts: [Int] = []

    @inline(__always)
    func contains(_ relationship: RelationshipIndex) -> Bool {
        rows[relationship.place].isPresent
    }

    @inline(__always)
    func ends(of relationship: RelationshipIndex) -> RelationshipEnds? {
        let ends = rows[relationship.place]
        return ends.isPresent ? ends : nil
    }

    func count(of type: TypeSymbol) -> Int {
        let slot = Int(type.rawValue)
        return slot < counts.count ? counts[slot] : 0
    }

    mutating func create(_ relationship: RelationshipIndex, _ ends: RelationshipEnds) {
        rows[relationship.place] = ends
        count(1, of: ends.type)
    }

    mutating func delete(_ relationship: RelationshipIndex) -> RelationshipEnds? {
        guard let ends = ends(of: relationship) else { return nil }
        rows[relationship.place] = .absent
        counts[Int(ends.type.rawValue)] -= 1
        return ends
    }

    /// Writes rows that follow each other.
    mutating func load(from first: Int, count: Int, _ row: (Int) -> RelationshipEnds) {
        rows.fillPages(from: first, count: count) { place, elements in
            for offset in elements.indices { elements[offset] = row(place - first + offset) }
        }
    }

    mutating func count(_ more: Int, of type: TypeSymbol) {
        while counts.count <= Int(type.rawValue) { counts.append(0) }
        counts[Int(type.rawValue)] += more
    }

    var byteCount: Int { rows.byteCount + counts.count * 8 }
}

extension RelationshipEnds {
    /// What stands where no relationship is.
    static let absent = RelationshipEnds(
        source: NodeIndex(.max), target: NodeIndex(.max), type: TypeSymbol(.max))

    var isPresent: Bool { source.rawValue != .max }
}
