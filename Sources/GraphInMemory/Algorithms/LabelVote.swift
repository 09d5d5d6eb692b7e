internal import StorageKit

/// The iterations of label propagation.
///
/// Labels are nodes, so that votes are counted in an array with a place for each; only the places
/// that were counted in are put back to 0.
struct LabelVote: ~Copyable {
    private let outgoing: CompressedRows
    private let incoming: CompressedRows?
    private var labelOfNode: WorkBuffer<UInt32>
    private var next: WorkBuffer<UInt32>
    private let votes: WorkBuffer<UInt32>

    init(_ projection: GraphProjection) {
        outgoing = projection.outgoing
        incoming = projection.orientation == .undirected ? nil : projection.incoming
        labelOfNode = WorkBuffer(count: projection.nodeCount) { UInt32($0) }
        next = WorkBuffer(repeating: 0, count: projection.nodeCount)
        votes = WorkBuffer(repeating: 0, count: projection.nodeCount)
    }

    /// The labels by now, as the nodes whose own they were.
    func labels() -> [NodeIndex] { labelOfNode.map { NodeIndex($0) } }

    /// Does one iteration.
    ///
    /// - Returns: Whether any label changed.
    mutating func advance(_ pace: inout AlgorithmPace) throws(StorageError) -> Bool {
        let isChanged = try outgoing.withPointers { rows throws(StorageError) in
            guard let incoming else { return try vote(rows, nil, &pace) }
            return try incoming.withPointers { others throws(StorageError) in
                try vote(rows, others, &pace)
            }
        }
        swap(&labelOfNode, &next)
        return isChanged
    }

    private func vote(
        _ rows: RowPointers, _ others: RowPointers?, _ pace: inout AlgorithmPace
    ) throws(StorageError) -> Bool {
        var isChanged = false
        for node in 0..<labelOfNode.count {
            var leader = Leader(label: labelOfNode[node])
            count(rows, node, &leader)
            if let others { count(others, node, &leader) }
            next[node] = leader.label
            if leader.label != labelOfNode[node] { isChanged = true }
            clear(rows, node)
            if let others { clear(others, node) }
            try pace.spend(1 &+ rows.degree(node) &+ (others?.degree(node) ?? 0))
        }
        return isChanged
    }

    /// The label that has the most votes by now.
    private struct Leader {
        var label: UInt32
        var votes: UInt32 = 0
    }

    @inline(__always)
    private func count(_ rows: RowPointers, _ node: Int, _ leader: inout Leader) {
        let (labels, votes) = (labelOfNode.elements, votes.elements)
        for place in rows[node] {
            let label = labels[rows.neighbour(place)]
            let count = votes[Int(label)] &+ 1
            votes[Int(label)] = count
            if count > leader.votes || count == leader.votes && label < leader.label {
                leader = Leader(label: label, votes: count)
            }
        }
    }

    @inline(__always)
    private func clear(_ rows: RowPointers, _ node: Int) {
        let (labels, votes) = (labelOfNode.elements, votes.elements)
        for place in rows[node] { votes[Int(labels[rows.neighbour(place)])] = 0 }
    }
}
