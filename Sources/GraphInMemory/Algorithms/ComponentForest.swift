internal import StorageKit

/// Weakly connected components by a forest of nodes that are known to hang together, most edges
/// never looked at.
///
/// Linking each node with its first two neighbours alone joins most of what belongs together. Then
/// the largest component is guessed from a sample; the other edges of its nodes need not be looked
/// at, since an edge that leads out of it is seen from its other end. M. Sutton, T. Ben-Nun and
/// A. Barak, *Optimizing Parallel Graph Connectivity Computation via Subgraph Sampling*, IPDPS 2018
/// (Afforest). Links lead to the lower node, so that a root is the smallest node of its tree.
struct ComponentForest: ~Copyable {
    private static let firstNeighbours = 2
    private static let sampleSize = 1024

    private enum Phase { case first, rest, done }

    private let outgoing: CompressedRows
    /// The rows from the other ends; `nil` where they are the same.
    private let incoming: CompressedRows?
    private let parentOfNode: WorkBuffer<UInt32>
    private var phase = Phase.first
    private var node = 0
    private var largest: UInt32 = 0

    var isDone: Bool { phase == .done }

    /// How many nodes are done, of the second phase.
    var doneCount: Int { phase == .first ? 0 : node }

    init(_ projection: GraphProjection) {
        outgoing = projection.outgoing
        incoming = projection.orientation == .undirected ? nil : projection.incoming
        parentOfNode = WorkBuffer(count: projection.nodeCount) { UInt32($0) }
    }

    /// The smallest node of each node's component.
    func components() -> [NodeIndex] { parentOfNode.map { NodeIndex($0) } }

    /// Goes on until a turn is due.
    mutating func advance(_ pace: inout AlgorithmPace) throws(StorageError) {
        let count = parentOfNode.count
        switch phase {
        case .first:
            try linkFirstNeighbours(&pace)
            guard node == count else { return }
            compress()
            largest = guessLargest()
            (phase, node) = (.rest, 0)
        case .rest:
            try linkRest(&pace)
            guard node == count else { return }
            compress()
            phase = .done
        case .done: break
        }
    }

    private mutating func linkFirstNeighbours(_ pace: inout AlgorithmPace) throws(StorageError) {
        let (parents, start) = (parentOfNode.elements, node)
        node = try outgoing.withPointers { rows throws(StorageError) in
            for node in start..<parents.count {
                if pace.isTurnDue { return node }
                let row = rows[node]
                let end = min(row.upperBound, row.lowerBound &+ Self.firstNeighbours)
                try pace.spend(1)
                var place = row.lowerBound
                while place < end {
                    Self.link(UInt32(node), rows.neighbours[place].rawValue, parents)
                    place &+= 1
                }
            }
            return parents.count
        }
    }

    private mutating func linkRest(_ pace: inout AlgorithmPace) throws(StorageError) {
        let (parents, largest) = (parentOfNode.elements, largest)
        while node < parents.count, !pace.isTurnDue {
            guard parents[node] != largest else {
                node += 1
                continue
            }
            try Self.linkRow(
                of: node, in: outgoing, from: Self.firstNeighbours, parents, &pace)
            if let incoming { try Self.linkRow(of: node, in: incoming, from: 0, parents, &pace) }
            node += 1
        }
    }

    private static func linkRow(
        of node: Int, in rows: CompressedRows, from first: Int,
        _ parents: UnsafeMutableBufferPointer<UInt32>, _ pace: inout AlgorithmPace
    ) throws(StorageError) {
        try rows.withPointers { rows throws(StorageError) in
            let row = rows[node]
            try pace.spend(1 &+ row.count)
            for place in row.dropFirst(first) {
                link(UInt32(node), rows.neighbours[place].rawValue, parents)
            }
        }
    }

    /// Joins the trees of two nodes, the higher root under the lower node.
    @inline(__always)
    private static func link(
        _ left: UInt32, _ right: UInt32, _ parents: UnsafeMutableBufferPointer<UInt32>
    ) {
        var (left, right) = (parents[Int(left)], parents[Int(right)])
        while left != right {
            let (low, high) = (min(left, right), max(left, right))
            let parent = parents[Int(high)]
            if parent == high {
                parents[Int(high)] = low
                return
            }
            if parent == low { return }
            left = parents[Int(parent)]
            right = parents[Int(low)]
        }
    }

    /// Hangs each node right under its root.
    private func compress() {
        let parents = parentOfNode.elements
        // A parent is lower than its child, and so is compressed by now.
        for node in 0..<parents.count { parents[node] = parents[Int(parents[node])] }
    }

    /// The root that most nodes of a sample have.
    private func guessLargest() -> UInt32 {
        guard parentOfNode.count > 0 else { return 0 }
        var counts: [UInt32: Int] = [:]
        // Spread by a constant that no node count of 32 bits has a factor in common with.
        for sample in 0..<Self.sampleSize {
            let node = (sample &* 0x1_0000_000F) % parentOfNode.count
            counts[parentOfNode[node], default: 0] += 1
        }
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0
    }
}
