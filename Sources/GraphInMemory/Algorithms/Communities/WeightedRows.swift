/// A weighted undirected graph: every pair of nodes is there once for each of the two, with the sum
/// of what is between them; what leads from a node to itself is kept apart.
struct WeightedRows: ~Copyable {
    private let offsets: WorkBuffer<Int>
    private let neighbours: WorkBuffer<UInt32>
    private let weights: WorkBuffer<Double>
    /// The weight of what leads from each node to itself, once.
    let loops: WorkBuffer<Double>

    init(
        offsets: consuming WorkBuffer<Int>, neighbours: consuming WorkBuffer<UInt32>,
        weights: consuming WorkBuffer<Double>, loops: consuming WorkBuffer<Double>
    ) {
        self.offsets = offsets
        self.neighbours = neighbours
        self.weights = weights
        self.loops = loops
    }

    var nodeCount: Int { loops.count }

    @inline(__always)
    subscript(node: Int) -> Range<Int> {
        Range(uncheckedBounds: (offsets[node], offsets[node &+ 1]))
    }

    @inline(__always)
    func neighbour(_ place: Int) -> Int { Int(neighbours[place]) }

    @inline(__always)
    func weight(_ place: Int) -> Double { weights[place] }

    /// The sum of what is at a node, a loop twice.
    func degree(_ node: Int) -> Double {
        self[node].reduce(2 * loops[node]) { $0 + weights[$1] }
    }
}
