internal import StorageKit

/// Strongly connected components by one search in depth.
///
/// Tarjan's algorithm in the form of D. J. Pearce, *A Space-Efficient Algorithm for Finding
/// Strongly Connected Components*, Information Processing Letters 116 (2016): one number for each
/// node is the order of its visit first, then the lowest order it leads back to, and at last its
/// component. Components are numbered from the top down and visits from the bottom up, so that a
/// node whose component is known never looks like one that was visited earlier.
///
/// ```
///   path   nodes from the start down to where the search is, each with its next edge
///   open   nodes that were left, whose component is not known yet
/// ```
struct CircleSearch: ~Copyable {
    private let outgoing: CompressedRows
    /// 0 for a node that was not visited.
    private let orderOfNode: WorkBuffer<UInt32>
    /// Whether a node on the path has not been seen to lead to one before it.
    private let isRoot: WorkBuffer<Bool>
    private let path: WorkBuffer<UInt32>
    private let nextEdge: WorkBuffer<UInt32>
    private let open: WorkBuffer<UInt32>
    private var pathCount = 0
    private var openCount = 0
    private var nextStart = 0
    private var nextOrder: UInt32 = 1
    private var nextComponent = UInt32.max

    var isDone: Bool { pathCount == 0 && nextStart == orderOfNode.count }

    /// How many nodes the search has started from or passed by.
    var doneCount: Int { nextStart }

    init(_ projection: GraphProjection) {
        let count = projection.nodeCount
        outgoing = projection.outgoing
        orderOfNode = WorkBuffer(repeating: 0, count: count)
        isRoot = WorkBuffer(repeating: false, count: count)
        path = WorkBuffer(repeating: 0, count: count)
        nextEdge = WorkBuffer(repeating: 0, count: count)
        open = WorkBuffer(repeating: 0, count: count)
    }

    /// The smallest node of each node's component.
    func components() -> [NodeIndex] {
        // Once all is done a node's number is its component's; `open` has its smallest node.
        for node in (0..<orderOfNode.count).reversed() {
            open[Int(UInt32.max - orderOfNode[node])] = UInt32(node)
        }
        return orderOfNode.map { NodeIndex(open[Int(UInt32.max - $0)]) }
    }

    /// Goes on until a turn is due.
    mutating func advance(_ pace: inout AlgorithmPace) throws(StorageError) {
        let outgoing = outgoing
        try outgoing.withPointers { rows throws(StorageError) in
            while !isDone, !pace.isTurnDue {
                try pace.spend(1)
                if pathCount > 0 {
                    try follow(rows, &pace)
                } else {
                    if orderOfNode[nextStart] == 0 { enter(nextStart, rows) }
                    nextStart += 1
                }
            }
        }
    }

    private mutating func enter(_ node: Int, _ rows: RowPointers) {
        orderOfNode[node] = nextOrder
        nextOrder += 1
        isRoot[node] = true
        path[pathCount] = UInt32(node)
        nextEdge[pathCount] = rows.offsets[node]
        pathCount += 1
    }

    /// Goes along the edges of the path's last node to one that was not visited, or leaves it.
    private mutating func follow(
        _ rows: RowPointers, _ pace: inout AlgorithmPace
    ) throws(StorageError) {
        let node = Int(path[pathCount - 1])
        let end = Int(rows.offsets[node + 1])
        var edge = Int(nextEdge[pathCount - 1])
        while edge < end {
            let neighbour = rows.neighbour(edge)
            edge += 1
            if orderOfNode[neighbour] == 0 {
                nextEdge[pathCount - 1] = UInt32(edge)
                enter(neighbour, rows)
                return
            }
            lower(node, to: neighbour)
            try pace.spend(1)
        }
        leave(node)
    }

    /// Notes that a node leads to one that was visited.
    private mutating func lower(_ node: Int, to neighbour: Int) {
        guard orderOfNode[neighbour] < orderOfNode[node] else { return }
        orderOfNode[node] = orderOfNode[neighbour]
        isRoot[node] = false
    }

    private mutating func leave(_ node: Int) {
        pathCount -= 1
        if isRoot[node] {
            closeComponent(of: node)
        } else {
            open[openCount] = UInt32(node)
            openCount += 1
        }
        if pathCount > 0 { lower(Int(path[pathCount - 1]), to: node) }
    }

    /// Gives a root and all open nodes that were visited after it a component.
    private mutating func closeComponent(of root: Int) {
        let order = orderOfNode[root]
        while openCount > 0, orderOfNode[Int(open[openCount - 1])] >= order {
            openCount -= 1
            orderOfNode[Int(open[openCount])] = nextComponent
            nextOrder -= 1
        }
        orderOfNode[root] = nextComponent
        nextOrder -= 1
        nextComponent -= 1
    }
}
