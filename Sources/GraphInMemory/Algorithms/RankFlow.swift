internal import StorageKit

/// The iterations of PageRank, each pulled along the incoming rows.
///
/// Pulling writes each rank once and in order. What a node passes on along one relationship is
/// divided out once for the node and not for each edge, in the same pass that gives it its rank, so
/// that an edge costs one read of eight bytes and an addition.
struct RankFlow: ~Copyable {
    private let incoming: CompressedRows
    private let damping: Double
    private let rankOfNode: WorkBuffer<Double>
    /// 1 / outdegree; 0 for nodes that lead nowhere.
    private let shareOfNode: WorkBuffer<Double>
    /// What each node passes on along one relationship, now and in the next iteration.
    private var passed: WorkBuffer<Double>
    private var passedNext: WorkBuffer<Double>
    /// The rank of the nodes that lead nowhere.
    private var sunk: Double

    init(_ projection: GraphProjection, damping: Double) {
        let count = projection.nodeCount
        let start = 1 / Double(count)
        incoming = projection.incoming
        self.damping = damping
        rankOfNode = WorkBuffer(repeating: start, count: count)
        passedNext = WorkBuffer(repeating: 0, count: count)
        let outgoing = projection.outgoing
        let shares = WorkBuffer(count: count) { node in
            let degree = outgoing.degree(NodeIndex(UInt32(node)))
            return degree == 0 ? 0 : 1 / Double(degree)
        }
        passed = WorkBuffer(count: count) { start * shares[$0] }
        sunk = Double(shares.elements.count { $0 == 0 }) * start
        shareOfNode = shares
    }

    /// The ranks by now.
    func ranks() -> [Double] { rankOfNode.map { $0 } }

    /// Does one iteration.
    ///
    /// - Returns: How much rank moved in sum, if that is to be measured, else 0.
    mutating func advance(
        measuring isMeasuring: Bool, _ pace: inout AlgorithmPace
    ) throws(StorageError) -> Double {
        let (ranks, shares) = (rankOfNode.elements, shareOfNode.elements)
        let (from, to) = (passed.elements, passedNext.elements)
        let count = Double(ranks.count)
        let base = (1 - damping) / count + damping * sunk / count
        let damping = damping
        var (sunk, moved) = (0.0, 0.0)
        try incoming.withPointers { rows throws(StorageError) in
            for node in 0..<ranks.count {
                let row = rows[node]
                try pace.spend(row.count)
                let rank = base + damping * Self.sum(row, rows, from)
                let share = shares[node]
                if isMeasuring { moved += abs(rank - ranks[node]) }
                if share == 0 { sunk += rank }
                ranks[node] = rank
                to[node] = rank * share
            }
        }
        self.sunk = sunk
        swap(&passed, &passedNext)
        return moved
    }

    /// What a row's nodes pass on; in four sums, for the additions not to wait for each other.
    @inline(__always)
    private static func sum(
        _ row: Range<Int>, _ rows: RowPointers, _ passed: UnsafeMutableBufferPointer<Double>
    ) -> Double {
        var (first, second, third, fourth) = (0.0, 0.0, 0.0, 0.0)
        var place = row.lowerBound
        while place &+ 4 <= row.upperBound {
            first += passed[rows.neighbour(place)]
            second += passed[rows.neighbour(place &+ 1)]
            third += passed[rows.neighbour(place &+ 2)]
            fourth += passed[rows.neighbour(place &+ 3)]
            place &+= 4
        }
        while place < row.upperBound {
            first += passed[rows.neighbour(place)]
            place &+= 1
        }
        return (first + second) + (third + fourth)
    }
}
