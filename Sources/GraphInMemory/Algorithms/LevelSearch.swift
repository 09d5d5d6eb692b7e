internal import StorageKit

/// A breadth-first search, level by level, that looks forward or backward, whichever is less work.
///
/// Forward, each node of the last level is asked whom it leads to. Where a level holds much of the
/// graph, most of these edges lead to nodes that were reached already; it is less work then to go
/// backward: each node that was not reached yet looks for one node of the last level among those
/// that lead to it, and stops at the first. S. Beamer, K. Asanović and D. Patterson,
/// *Direction-Optimizing Breadth-First Search*, SC 2012, with their two thresholds.
struct LevelSearch: ~Copyable {
    private static let unreached = UInt32.max
    /// Goes backward once the edges of a level are more than this part of those not seen yet.
    private static let backwardShare = 15
    /// Goes forward again once the nodes of a level are fewer than this part of all.
    private static let forwardShare = 18

    private let outgoing: CompressedRows
    private let incoming: CompressedRows
    private let levelOfNode: WorkBuffer<UInt32>
    /// All nodes that were reached, level by level.
    private let queue: WorkBuffer<UInt32>
    /// A bit for each node of the last level, while going backward.
    private let frontier: WorkBuffer<UInt64>
    /// Where in the queue the last level lies.
    private var last: Range<Int>
    private var level: UInt32 = 0
    private var isBackward = false
    /// The edges that lead from the last level, and from the nodes that were not reached.
    private var lastEdges: Int
    private var edgesLeft: Int

    /// How many nodes were reached.
    var reachedCount: Int { last.upperBound }

    /// Whether the last level led nowhere.
    var isDone: Bool { last.isEmpty }

    init(_ projection: GraphProjection, from start: Int) {
        let count = projection.nodeCount
        outgoing = projection.outgoing
        incoming = projection.incoming
        levelOfNode = WorkBuffer(repeating: Self.unreached, count: count)
        queue = WorkBuffer(repeating: 0, count: count)
        frontier = WorkBuffer(repeating: 0, count: (count + 63) / 64)
        last = 0..<1
        queue[0] = UInt32(start)
        levelOfNode[start] = 0
        lastEdges = outgoing.degree(NodeIndex(UInt32(start)))
        edgesLeft = outgoing.count - lastEdges
    }

    /// The levels that were found.
    func levels() -> [Int] {
        levelOfNode.map { $0 == Self.unreached ? GraphProjection.unreachableLevel : Int($0) }
    }

    /// Finds the next level.
    mutating func advance(_ pace: inout AlgorithmPace) throws(StorageError) {
        level += 1
        chooseDirection()
        var found = Found(end: last.upperBound)
        if isBackward {
            try lookBackward(&found, &pace)
        } else {
            try lookForward(&found, &pace)
        }
        last = last.upperBound..<found.end
        lastEdges = found.edges
        edgesLeft -= found.edges
    }

    /// What a level adds: where the queue ends now, and how many edges lead on.
    private struct Found {
        var end: Int
        var edges = 0
    }

    private mutating func chooseDirection() {
        if isBackward {
            isBackward = last.count >= levelOfNode.count / Self.forwardShare
        } else {
            isBackward = lastEdges > edgesLeft / Self.backwardShare
        }
    }

    private func lookForward(
        _ found: inout Found, _ pace: inout AlgorithmPace
    ) throws(StorageError) {
        let (levels, queue, level) = (levelOfNode.elements, queue.elements, level)
        var (end, edges) = (found.end, 0)
        try outgoing.withPointers { rows throws(StorageError) in
            for place in last {
                let row = rows[Int(queue[place])]
                try pace.spend(row.count)
                for entry in row {
                    let neighbour = rows.neighbour(entry)
                    guard levels[neighbour] == Self.unreached else { continue }
                    levels[neighbour] = level
                    queue[end] = UInt32(neighbour)
                    end &+= 1
                    edges &+= rows.degree(neighbour)
                }
            }
        }
        found = Found(end: end, edges: edges)
    }

    private func lookBackward(
        _ found: inout Found, _ pace: inout AlgorithmPace
    ) throws(StorageError) {
        markFrontier()
        let (levels, queue, level) = (levelOfNode.elements, queue.elements, level)
        let frontier = frontier.elements
        var (end, edges) = (found.end, 0)
        try outgoing.withPointers { outgoing throws(StorageError) in
            try incoming.withPointers { rows throws(StorageError) in
                for node in 0..<levels.count where levels[node] == Self.unreached {
                    let row = rows[node]
                    try pace.spend(1)
                    for entry in row {
                        let neighbour = rows.neighbour(entry)
                        let word = frontier[neighbour &>> 6]
                        guard word &>> UInt64(neighbour & 63) & 1 != 0 else { continue }
                        levels[node] = level
                        queue[end] = UInt32(node)
                        end &+= 1
                        edges &+= outgoing.degree(node)
                        break
                    }
                }
            }
        }
        found = Found(end: end, edges: edges)
    }

    private func markFrontier() {
        frontier.elements.update(repeating: 0)
        for place in last {
            let node = Int(queue[place])
            frontier[node / 64] |= 1 << UInt64(node % 64)
        }
    }
}
