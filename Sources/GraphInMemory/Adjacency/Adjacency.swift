internal import StorageKit

/// Who is next to whom: the rows of all types.
struct Adjacency: Sendable {
    /// By the type's symbol.
    private(set) var types: [TypeRows] = []
    /// What follows each relationship that is not in the bases yet.
    private(set) var links = PagedVector<ChainLinks>(default: ChainLinks())
    /// The bases have all relationships below this place, and none from it on.
    private(set) var boundary = 0
    /// How many were taken away since the bases were built.
    private(set) var removals = 0
    /// How often bases were taken over.
    private(set) var generation = 0

    /// Chains a new relationship to the rows of its ends.
    mutating func insert(_ relationship: RelationshipIndex, _ ends: RelationshipEnds) {
        makeRoom(for: ends.type)
        let slot = Int(ends.type.rawValue)
        let link = relationship.rawValue + 1
        let next = ChainLinks(
            outgoing: types[slot].outgoing.recent.mutate(ends.source.place) { $0.push(link) },
            incoming: types[slot].incoming.recent.mutate(ends.target.place) { $0.push(link) })
        links[relationship.place] = next
        types[slot].pending += 1
        if ends.source == ends.target { types[slot].loops[ends.source.place] += 1 }
    }

    /// Notes that a relationship is gone; rows and chains still name it.
    mutating func remove(_ ends: RelationshipEnds) {
        let slot = Int(ends.type.rawValue)
        types[slot].outgoing.recent.mutate(ends.source.place) { $0.countRemoval() }
        types[slot].incoming.recent.mutate(ends.target.place) { $0.countRemoval() }
        if ends.source == ends.target { types[slot].loops[ends.source.place] -= 1 }
        types[slot].pending += 1
        removals += 1
    }

    /// Counts relationships that are chained to nothing, as a base is to be built at once.
    mutating func countUnchained(_ count: Int, of type: TypeSymbol) {
        makeRoom(for: type)
        types[Int(type.rawValue)].pending += count
    }

    mutating func countLoop(_ ends: RelationshipEnds) {
        types[Int(ends.type.rawValue)].loops[ends.source.place] += 1
    }

    /// Takes over bases that were built of an earlier moment.
    mutating func install(_ merge: GraphMerge) {
        let old = merge.adjacency
        let end = merge.boundary
        for slot in types.indices where slot < max(old.types.count, merge.rows.count) {
            let before = slot < old.types.count ? old.types[slot] : TypeRows()
            let new = slot < merge.rows.count ? merge.rows[slot] : nil
            types[slot].pending -= before.pending
            types[slot].outgoing.install(
                new?.outgoing, builtOf: before.outgoing, boundary: end)
            types[slot].incoming.install(
                new?.incoming, builtOf: before.incoming, boundary: end)
        }
        links.dropPages(before: end)
        boundary = end
        removals -= old.removals
        generation += 1
    }

    mutating func makeRoom(for type: TypeSymbol) {
        while types.count <= Int(type.rawValue) { types.append(TypeRows()) }
    }

    var byteCount: Int { types.reduce(links.byteCount) { $0 + $1.byteCount } }
}

extension RecentRow {
    /// Puts a relationship at the head of the chain.
    ///
    /// - Returns: What was there.
    fileprivate mutating func push(_ new: UInt32) -> UInt32 {
        defer {
            link = new
            growth += 1
        }
        return link
    }

    fileprivate mutating func countRemoval() {
        growth -= 1
        removed += 1
    }
}
