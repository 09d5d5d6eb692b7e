internal import StorageKit

/// For each node the edges among its neighbours: each triangle is found once, from its node of the
/// lowest rank, and counted for its three nodes.
///
/// The neighbours of that node are marked with how many edges lead to them, so that a triangle
/// costs one read of a byte and no search.
struct TriangleCount: ~Copyable {
    private let neighbours: SimpleNeighbours
    private let edgesOfNode: WorkBuffer<UInt64>
    /// 0 for nodes that are no neighbours of the one in hand.
    private let marks: WorkBuffer<UInt8>
    private var node = 0

    var isDone: Bool { node == edgesOfNode.count }

    var doneCount: Int { node }

    /// - Parameter countsEdges: Whether two directed edges between the same nodes count as two.
    init(_ neighbours: consuming SimpleNeighbours, countsEdges: Bool = true) {
        if !countsEdges { neighbours.takeEdgesAsOne() }
        let count = neighbours.degreeOfNode.count
        edgesOfNode = WorkBuffer(repeating: 0, count: count)
        marks = WorkBuffer(repeating: 0, count: count)
        self.neighbours = neighbours
    }

    /// The coefficient of each node.
    func coefficients() -> [Double] {
        let degrees = neighbours.degreeOfNode
        return degrees.indices.map { node in
            let degree = Double(degrees[node])
            return degree < 2 ? 0 : Double(edgesOfNode[node]) / (degree * (degree - 1))
        }
    }

    /// How many edges each node's neighbours have among them.
    func counts() -> [Int] { edgesOfNode.map { Int($0) } }

    /// Goes on until a turn is due.
    mutating func advance(_ pace: inout AlgorithmPace) throws(StorageError) {
        let start = node
        node = try neighbours.offsets.withUnsafeBufferPointer { offsets throws(StorageError) in
            try neighbours.kept.withUnsafeBufferPointer { kept throws(StorageError) in
                try neighbours.edgeCounts.withUnsafeBufferPointer { counts throws(StorageError) in
                    let rows = Rows(offsets: offsets, kept: kept, edgeCounts: counts)
                    return try count(from: start, rows, &pace)
                }
            }
        }
    }

    private struct Rows {
        let offsets: UnsafeBufferPointer<UInt32>
        let kept: UnsafeBufferPointer<UInt32>
        let edgeCounts: UnsafeBufferPointer<UInt8>

        subscript(node: Int) -> Range<Int> {
            Range(uncheckedBounds: (Int(offsets[node]), Int(offsets[node &+ 1])))
        }
    }

    private func count(
        from start: Int, _ rows: Rows, _ pace: inout AlgorithmPace
    ) throws(StorageError) -> Int {
        for node in start..<edgesOfNode.count {
            if pace.isTurnDue { return node }
            try pace.spend(1)
            for place in rows[node] { marks[Int(rows.kept[place])] = rows.edgeCounts[place] }
            for place in rows[node] {
                let neighbour = Int(rows.kept[place])
                try pace.spend(1 &+ rows[neighbour].count)
                countTriangles(node, neighbour, edges: rows.edgeCounts[place], rows)
            }
            for place in rows[node] { marks[Int(rows.kept[place])] = 0 }
        }
        return edgesOfNode.count
    }

    /// Counts the triangles of two neighbours with a third that both of them keep.
    @inline(__always)
    private func countTriangles(_ first: Int, _ second: Int, edges: UInt8, _ rows: Rows) {
        let (marks, counts) = (marks.elements, edgesOfNode.elements)
        var (ofFirst, ofSecond): (UInt64, UInt64) = (0, 0)
        for place in rows[second] {
            let third = Int(rows.kept[place])
            let edgesOfThird = marks[third]
            guard edgesOfThird != 0 else { continue }
            ofFirst &+= UInt64(rows.edgeCounts[place])
            ofSecond &+= UInt64(edgesOfThird)
            counts[third] &+= UInt64(edges)
        }
        counts[first] &+= ofFirst
        counts[second] &+= ofSecond
    }
}
