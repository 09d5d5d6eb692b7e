/// Rows of one type in one direction at one moment, for reading many: got once, it costs a read of
/// a row nothing but the row.
struct RowReader: Sendable {
    private let base: BaseRows
    private let recent: PagedVector<RecentRow>
    private let links: PagedVector<ChainLinks>
    private let relationships: RelationshipTable
    private let boundary: Int
    private let direction: RowDirection

    init(
        _ rows: DirectedRows, _ direction: RowDirection, links: PagedVector<ChainLinks>,
        boundary: Int, relationships: RelationshipTable
    ) {
        base = rows.base
        recent = rows.recent
        self.links = links
        self.relationships = relationships
        self.boundary = boundary
        self.direction = direction
    }

    /// How many relationships a node has.
    @inline(__always)
    func degree(of node: NodeIndex) -> Int {
        base.row(node).count + Int(recent[node.place].growth)
    }

    /// Looks at what is next to a node.
    @inline(__always)
    func forEach(
        of node: NodeIndex, _ body: (_ node: NodeIndex, _ relationship: RelationshipIndex) -> Void
    ) {
        let change = recent[node.place]
        let row = base.row(node)
        base.rows.neighbours.withUnsafeBufferPointer { neighbours in
            base.rows.relationships.withUnsafeBufferPointer { places in
                for entry in row
                where change.removed == 0 || relationships.contains(places[entry]) {
                    body(neighbours[entry], places[entry])
                }
            }
        }
        if change.link > boundary { followChain(change.link, body) }
    }

    /// Looks at the nodes next to a node, one for each relationship.
    @inline(__always)
    func forEachNode(of node: NodeIndex, _ body: (NodeIndex) -> Void) {
        let change = recent[node.place]
        guard change.removed == 0 else { return forEach(of: node) { node, _ in body(node) } }
        let row = base.row(node)
        base.rows.neighbours.withUnsafeBufferPointer { neighbours in
            for entry in row { body(neighbours[entry]) }
        }
        if change.link > boundary { followChain(change.link) { node, _ in body(node) } }
    }

    /// Looks at runs of the nodes next to a node: one if nothing was changed since the rows were
    /// built.
    @inline(__always)
    func forEachRun(of node: NodeIndex, _ body: (UnsafeBufferPointer<UInt32>) -> Void) {
        let change = recent[node.place]
        guard change.removed == 0, change.link <= boundary else {
            return forEach(of: node) { other, _ in
                withUnsafePointer(to: other.rawValue) {
                    body(UnsafeBufferPointer(start: $0, count: 1))
                }
            }
        }
        let row = base.row(node)
        guard !row.isEmpty else { return }
        base.rows.neighbours.withUnsafeBufferPointer { neighbours in
            // A place is one number, and laid out as that number.
            UnsafeBufferPointer(rebasing: neighbours[row]).withMemoryRebound(to: UInt32.self, body)
        }
    }

    @inline(never)
    private func followChain(
        _ first: UInt32, _ body: (NodeIndex, RelationshipIndex) -> Void
    ) {
        var link = first
        while link > boundary {
            let relationship = RelationshipIndex(link - 1)
            let next = links[relationship.place]
            link = direction == .outgoing ? next.outgoing : next.incoming
            guard let ends = relationships.ends(of: relationship) else { continue }
            body(direction == .outgoing ? ends.target : ends.source, relationship)
        }
    }
}
