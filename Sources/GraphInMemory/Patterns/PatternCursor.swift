internal import StorageKit

/// Where one step of a run is: what it has still to try for the row that came in.
struct PatternCursor<Neighbours: IteratorProtocol<Adjacent>> {
    // MARK: One relationship, and the node that a shortest walk looks around at

    var neighbours: Neighbours?
    /// The node that has to be met, where that is known and the other end was looked for.
    var met = NodeIndex(0)

    // MARK: Finding nodes

    /// The next nodes of a scan or a seek.
    var nodes: [NodeIndex] = []
    /// The place of the next one.
    var place = 0
    /// Where a scan goes on; `nil` at its end.
    var rest: NodeIndex?

    // MARK: Walks

    var walk = PatternWalk<Neighbours>()
    var search = PatternSearch()

    // MARK: What it did

    var rows = 0
    var touched = 0
}

/// A walk depth first: an iterator for each node of it that has more to offer.
///
/// ```
///   nodes    a ── b ── c          the walk that is bound now
///   stack    │    │    (c's is made when the walk goes on)
/// ```
struct PatternWalk<Neighbours> {
    var stack: [Neighbours] = []
    var nodes: [NodeIndex] = []
    /// Whether the last node has not been looked around at yet.
    var isFresh = false
    /// Whether the walk of no hops is still to be told.
    var hasEmpty = false
    /// The relationships of the walk behind the first few: a long walk is not searched one by one.
    var later: Set<RelationshipIndex> = []

    static var few: Int { 16 }
}

/// A search breadth first: each node that was reached, and how.
struct PatternSearch {
    var nodes: [NodeIndex] = []
    /// For each node, the place of the one that it was reached from, and the relationship.
    var origins: [(place: Int, relationship: RelationshipIndex)] = []
    var depths: [Int] = []
    var reached: Set<NodeIndex> = []
    /// The place of the node that is looked around at.
    var place = 0
    var isOver = true
    var hasEmpty = false
}
