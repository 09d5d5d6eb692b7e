internal import StorageKit

/// The edges of a weighted undirected graph, in any order and as often as they come.
struct WeightedEdges: ~Copyable {
    private let nodeCount: Int
    private var firsts: [UInt32] = []
    private var seconds: [UInt32] = []
    private var weights: [Double] = []
    /// The weight of what leads from each node to itself, once.
    private let loops: WorkBuffer<Double>

    init(nodeCount: Int) {
        self.nodeCount = nodeCount
        loops = WorkBuffer(repeating: 0, count: nodeCount)
    }

    mutating func add(_ first: Int, _ second: Int, _ weight: Double) {
        guard first != second else {
            loops[first] += weight
            return
        }
        firsts.append(UInt32(first))
        seconds.append(UInt32(second))
        weights.append(weight)
    }

    /// The same node by node, what is between the same two nodes as one.
    ///
    /// O(nodes + edges): the edges are counted out to their two nodes, and then added up.
    consuming func rows(_ pace: inout AlgorithmPace) throws(StorageError) -> WeightedRows {
        let offsets = WorkBuffer(repeating: 0, count: nodeCount + 1)
        countOut(offsets)
        let neighbours = WorkBuffer<UInt32>(repeating: 0, count: 2 * weights.count)
        let sums = WorkBuffer(repeating: 0.0, count: 2 * weights.count)
        fill(offsets, neighbours, sums)
        try pace.spend(3 * weights.count)
        addUp(offsets, neighbours, sums)
        return WeightedRows(
            offsets: offsets, neighbours: neighbours, weights: sums, loops: loops)
    }

    /// Has each node's row end where its offset says; ``fill(_:_:_:)`` moves it to the beginning.
    private func countOut(_ offsets: borrowing WorkBuffer<Int>) {
        for node in firsts { offsets[Int(node)] += 1 }
        for node in seconds { offsets[Int(node)] += 1 }
        var end = 0
        for node in 0...nodeCount {
            end += offsets[node]
            offsets[node] = end
        }
    }

    private func fill(
        _ offsets: borrowing WorkBuffer<Int>, _ neighbours: borrowing WorkBuffer<UInt32>,
        _ sums: borrowing WorkBuffer<Double>
    ) {
        let (offsets, neighbours, sums) = (offsets.elements, neighbours.elements, sums.elements)
        func put(_ node: UInt32, _ neighbour: UInt32, _ weight: Double) {
            let place = offsets[Int(node)] &- 1
            offsets[Int(node)] = place
            neighbours[place] = neighbour
            sums[place] = weight
        }
        for place in weights.indices.reversed() {
            put(firsts[place], seconds[place], weights[place])
            put(seconds[place], firsts[place], weights[place])
        }
    }

    /// Makes one entry of those between the same two nodes, and closes the gaps.
    private func addUp(
        _ offsets: borrowing WorkBuffer<Int>, _ neighbours: borrowing WorkBuffer<UInt32>,
        _ sums: borrowing WorkBuffer<Double>
    ) {
        let (offsets, neighbours, sums) = (offsets.elements, neighbours.elements, sums.elements)
        // Where the entry with each neighbour is; below the row's beginning it is another row's.
        let entry = WorkBuffer(repeating: -1, count: nodeCount)
        var (begin, end) = (0, 0)
        for node in 0..<nodeCount {
            let row = begin..<offsets[node + 1]
            offsets[node] = end
            for place in row {
                let neighbour = neighbours[place]
                let known = entry[Int(neighbour)]
                if known >= offsets[node] {
                    sums[known] += sums[place]
                    continue
                }
                entry[Int(neighbour)] = end
                (neighbours[end], sums[end]) = (neighbour, sums[place])
                end += 1
            }
            begin = row.upperBound
        }
        offsets[nodeCount] = end
    }
}
