/// What has happened to a node's row since the base was built.
struct RecentRow: Hashable, Sendable {
    /// The newest relationship of the node's chain plus 1; 0 for none.
    ///
    /// One that is in the base
    /// already (below the boundary) ends the chain.
    var link: UInt32 = 0
    /// How much longer the row is than in the base.
    var growth: Int32 = 0
    /// How many relationships were taken away: unless 0, each is to be looked up in the table.
    var removed: UInt32 = 0

    static let none = RecentRow()

    /// What has happened after an earlier moment, of which a base was built.
    func since(_ old: RecentRow, boundary: Int) -> RecentRow {
        RecentRow(
            link: link > boundary ? link : 0, growth: growth - old.growth,
            removed: removed - old.removed)
    }
}

/// The rows of one type in one direction: what was built, and what has happened since.
///
/// ```
///   base      row of node 7:  2  5  9
///   recent    node 7: link ─▶ relationship 41 ─▶ 38 ─▶ 12: below the boundary 30, the end
/// ```
///
/// New relationships are chained through ``ChainLinks``, the newest first, so that adding one is
/// O(1) however long the row is. As places only grow, a base that is built of everything below a
/// boundary cuts every chain off where it is to be cut, and nothing has to be chained anew.
struct DirectedRows: Sendable {
    var base = BaseRows.empty
    var recent = PagedVector<RecentRow>(default: .none)

    @inline(__always)
    func degree(of node: NodeIndex) -> Int {
        base.row(node).count + Int(recent[node.place].growth)
    }

    /// Takes over a base that was built of an earlier moment.
    ///
    /// What had happened until then is in the base: it is taken off. A page that has not changed
    /// since that moment has nothing that is newer.
    mutating func install(_ new: BaseRows?, builtOf old: DirectedRows, boundary: Int) {
        var kept = PagedVector<RecentRow>(default: .none)
        for first in recent.pagesThatDiffer(from: old.recent) {
            guard let page = recent.page(of: first) else { continue }
            let before = old.recent.page(of: first)
            let rows = (0..<Paging.pageSize).map {
                page[$0].since(before?[$0] ?? .none, boundary: boundary)
            }
            guard rows.contains(where: { $0 != .none }) else { continue }
            kept.fillPages(from: first, count: rows.count) { _, elements in
                _ = elements.update(fromContentsOf: rows)
            }
        }
        recent = kept
        if let new { base = new }
    }

    var byteCount: Int { base.byteCount + recent.byteCount }
}

/// What follows a relationship in the chains of its two ends: a place plus 1, 0 for the end.
struct ChainLinks: Hashable, Sendable {
    var outgoing: UInt32 = 0
    var incoming: UInt32 = 0
}
