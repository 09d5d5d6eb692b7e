internal import StorageKit

/// Whom each node knows, whichever way and however often: without itself and without repetitions.
///
/// Only neighbours of a higher rank are kept, the rank being the degree and then the number: each
/// pair of neighbours is there once, and no node keeps more than about the root of all edges, which
/// bounds the work of finding triangles (N. Chiba and T. Nishizeki, *Arboricity and Subgraph
/// Listing Algorithms*, SIAM Journal on Computing 14, 1985).
struct SimpleNeighbours: ~Copyable {
    private enum Phase { case counting, keeping, done }

    private let outgoing: CompressedRows
    /// The rows from the other ends; `nil` where they are the same.
    private let incoming: CompressedRows?
    /// How many neighbours each node has, kept or not.
    private(set) var degreeOfNode: [UInt32]
    /// Where each node's kept neighbours begin, and at last where the last ones end.
    private(set) var offsets: [UInt32]
    /// The kept neighbours, row by row.
    private(set) var kept: [UInt32] = []
    /// How many directed edges are between a node and each that it keeps: 1 or 2.
    private(set) var edgeCounts: [UInt8] = []
    private var phase = Phase.counting
    private var node = 0

    var isDone: Bool { phase == .done }

    init(_ projection: GraphProjection) {
        outgoing = projection.outgoing
        incoming = projection.orientation == .undirected ? nil : projection.incoming
        degreeOfNode = [UInt32](repeating: 0, count: projection.nodeCount)
        offsets = [UInt32](repeating: 0, count: projection.nodeCount + 1)
    }

    /// Has a pair of neighbours count once, however many edges there are between them.
    mutating func takeEdgesAsOne() {
        edgeCounts = [UInt8](repeating: 1, count: edgeCounts.count)
    }

    /// Goes on until a turn is due.
    mutating func advance(_ pace: inout AlgorithmPace) throws(StorageError) {
        let (outgoing, incoming) = (outgoing, incoming)
        try outgoing.withPointers { rows throws(StorageError) in
            guard let incoming else { return try advance(rows, nil, &pace) }
            try incoming.withPointers { others throws(StorageError) in
                try advance(rows, others, &pace)
            }
        }
        guard node == degreeOfNode.count else { return }
        if phase == .counting {
            kept.reserveCapacity(degreeOfNode.reduce(0) { $0 + Int($1) } / 2)
            edgeCounts.reserveCapacity(kept.capacity)
            (phase, node) = (.keeping, 0)
        } else {
            phase = .done
        }
    }

    private mutating func advance(
        _ rows: RowPointers, _ others: RowPointers?, _ pace: inout AlgorithmPace
    ) throws(StorageError) {
        while node < degreeOfNode.count, !pace.isTurnDue {
            try pace.spend(1 + rows.degree(node) + (others?.degree(node) ?? 0))
            if phase == .counting {
                count(node, rows, others)
            } else {
                keep(node, rows, others)
            }
            node += 1
        }
    }

    private mutating func count(_ node: Int, _ rows: RowPointers, _ others: RowPointers?) {
        var degree: UInt32 = 0
        Self.forEachNeighbour(of: node, rows, others) { _, _ in degree += 1 }
        degreeOfNode[node] = degree
    }

    private mutating func keep(_ node: Int, _ rows: RowPointers, _ others: RowPointers?) {
        let degree = degreeOfNode[node]
        Self.forEachNeighbour(of: node, rows, others) { neighbour, edgeCount in
            let other = degreeOfNode[Int(neighbour)]
            guard (degree, UInt32(node)) < (other, neighbour) else { return }
            kept.append(neighbour)
            edgeCounts.append(edgeCount)
        }
        offsets[node + 1] = UInt32(kept.count)
    }

    /// Merges the two rows of a node, each of which is ascending.
    @inline(__always)
    private static func forEachNeighbour(
        of node: Int, _ rows: RowPointers, _ others: RowPointers?,
        _ body: (UInt32, UInt8) -> Void
    ) {
        let (row, other) = (rows[node], others?[node] ?? 0..<0)
        var (place, otherPlace) = (row.lowerBound, other.lowerBound)
        while place < row.upperBound || otherPlace < other.upperBound {
            let left = place < row.upperBound ? rows.neighbours[place].rawValue : .max
            var right = UInt32.max
            if let others, otherPlace < other.upperBound {
                right = others.neighbours[otherPlace].rawValue
            }
            let neighbour = min(left, right)
            skip(neighbour, rows, &place, row.upperBound)
            if let others { skip(neighbour, others, &otherPlace, other.upperBound) }
            if neighbour != UInt32(node) {
                body(neighbour, left == right || others == nil ? 2 : 1)
            }
        }
    }

    @inline(__always)
    private static func skip(
        _ neighbour: UInt32, _ rows: RowPointers, _ place: inout Int, _ end: Int
    ) {
        while place < end, rows.neighbours[place].rawValue == neighbour { place += 1 }
    }
}
