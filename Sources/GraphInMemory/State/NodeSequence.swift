/// The nodes at one moment that have a label, or all, in the order of their places.
struct NodeSequence: Sequence, IteratorProtocol, Sendable {
    private let sets: PagedVector<UInt32>
    private let members: PagedBitmap?
    private var place: Int
    private let end: Int

    init(table: NodeTable, members: PagedBitmap?, first: Int, end: Int) {
        sets = table.setOf
        self.members = members
        place = first
        self.end = end
    }

    mutating func next() -> NodeIndex? {
        guard let found = findNext(), found < end else {
            place = end
            return nil
        }
        place = found + 1
        return NodeIndex(UInt32(truncatingIfNeeded: found))
    }

    private func findNext() -> Int? {
        if let members { return members.next(from: place) }
        var place = place
        while let present = sets.nextPage(from: place, before: end) {
            place = present
            repeat {
                if sets[place] != NodeTable.absent { return place }
                place += 1
            } while place & Paging.pageMask != 0
        }
        return nil
    }
}

/// The relationships at one moment, in the order of their places.
struct RelationshipSequence: Sequence, IteratorProtocol, Sendable {
    private let rows: PagedVector<RelationshipEnds>
    private var place: Int
    private let end: Int

    init(table: RelationshipTable, first: Int, end: Int) {
        rows = table.rows
        place = first
        self.end = end
    }

    mutating func next() -> RelationshipIndex? {
        while let present = rows.nextPage(from: place, before: end) {
            place = present
            repeat {
                defer { place += 1 }
                if rows[place].isPresent {
                    return RelationshipIndex(UInt32(truncatingIfNeeded: place))
                }
            } while (place) & Paging.pageMask != 0
        }
        place = end
        return nil
    }
}
