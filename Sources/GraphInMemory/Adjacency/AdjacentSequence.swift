internal import StorageKit

/// What lies next to a node at one moment.
///
/// Its iterator is a value: it holds what it reads, can be kept, copied, and gone on with.
struct AdjacentSequence: Sequence, Sendable {
    let adjacency: Adjacency
    let relationships: RelationshipTable
    let node: NodeIndex
    let direction: GraphDirection
    let types: [TypeSymbol]?

    func makeIterator() -> AdjacentIterator { AdjacentIterator(self) }
}

/// Goes along the rows of a node, type by type: what was built, and then what is newer.
struct AdjacentIterator: IteratorProtocol, Sendable {
    private let sequence: AdjacentSequence
    private var nextType = 0
    /// Whether the rows of the present type that go the other way are still to come.
    private var turns = false
    private var direction = RowDirection.outgoing
    private var rows = BaseRows.empty.rows
    private var place = 0
    private var end = 0
    private var link: UInt32 = 0
    private var checks = false
    private var skipsLoops = false
    private var typeSlot = 0

    init(_ sequence: AdjacentSequence) { self.sequence = sequence }

    mutating func next() -> Adjacent? {
        while true {
            while place < end {
                let found = Adjacent(
                    node: rows.neighbours[place], relationship: rows.relationships[place])
                place += 1
                if skipsLoops, found.node == sequence.node { continue }
                if checks, !sequence.relationships.contains(found.relationship) { continue }
                return found
            }
            while link > sequence.adjacency.boundary {
                if let found = followChain() { return found }
            }
            guard beginRow() else { return nil }
        }
    }

    /// One step along the chain; `nil` where the relationship is gone or is not wanted.
    private mutating func followChain() -> Adjacent? {
        let relationship = RelationshipIndex(link - 1)
        let links = sequence.adjacency.links[relationship.place]
        link = direction == .outgoing ? links.outgoing : links.incoming
        guard let ends = sequence.relationships.ends(of: relationship) else { return nil }
        let other = direction == .outgoing ? ends.target : ends.source
        if skipsLoops, other == sequence.node { return nil }
        return Adjacent(node: other, relationship: relationship)
    }

    private mutating func beginRow() -> Bool {
        if turns {
            turns = false
            skipsLoops = true
            begin(.incoming)
            return true
        }
        guard let slot = takeType() else { return false }
        typeSlot = slot
        skipsLoops = false
        turns = sequence.direction == .either
        begin(sequence.direction == .incoming ? .incoming : .outgoing)
        return true
    }

    private mutating func takeType() -> Int? {
        let count = sequence.adjacency.types.count
        guard let types = sequence.types else {
            guard nextType < count else { return nil }
            defer { nextType += 1 }
            return nextType
        }
        while nextType < types.count {
            let slot = Int(types[nextType].rawValue)
            let isFirst = nextType == 0 || !types[..<nextType].contains(types[nextType])
            nextType += 1
            if slot < count, isFirst { return slot }
        }
        return nil
    }

    /// Reads through the sequence and keeps nothing but the rows: what is not copied is not
    /// counted.
    private mutating func begin(_ direction: RowDirection) {
        self.direction = direction
        let node = sequence.node
        let (row, recent): (Range<Int>, RecentRow)
        switch direction {
        case .outgoing:
            row = sequence.adjacency.types[typeSlot].outgoing.base.row(node)
            recent = sequence.adjacency.types[typeSlot].outgoing.recent[node.place]
            if !row.isEmpty { rows = sequence.adjacency.types[typeSlot].outgoing.base.rows }
        case .incoming:
            row = sequence.adjacency.types[typeSlot].incoming.base.row(node)
            recent = sequence.adjacency.types[typeSlot].incoming.recent[node.place]
            if !row.isEmpty { rows = sequence.adjacency.types[typeSlot].incoming.base.rows }
        }
        place = row.lowerBound
        end = row.upperBound
        link = recent.link
        checks = recent.removed != 0
    }
}
