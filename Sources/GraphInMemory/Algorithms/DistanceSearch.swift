internal import StorageKit

/// Dijkstra's search with buckets, and a heap for the bucket in hand where one is needed.
///
/// Waiting nodes lie in buckets by their distance, each as wide as a thousandth of the largest
/// weight; a node that was found at a smaller distance meanwhile is waiting more than once, and all
/// but its first time are passed over. Where no weight is smaller than a bucket is wide, nothing in
/// the first bucket can come nearer any more, and its nodes are final in any order: no heap at all
/// (E. V. Denardo and B. L. Fox, *Shortest-Route Methods*, Operations Research 27, 1979). Else they
/// go through a heap that only ever holds one bucket, which keeps the bound of Dijkstra's algorithm
/// whatever the weights are.
struct DistanceSearch: ~Copyable {
    private let outgoing: CompressedRows
    private let weights: [Double]
    private let distanceOfNode: WorkBuffer<Double>
    private let isFinal: WorkBuffer<Bool>
    private var buckets: BucketQueue
    private var heap = DistanceHeap()
    /// The bucket in hand; `nil` when all are empty.
    private var bucket: Int? = 0
    /// Buckets for each unit of distance.
    private let scale: Double
    private let needsHeap: Bool

    /// How many nodes have their final distance.
    private(set) var finalCount = 0

    var isDone: Bool { bucket == nil }

    init(_ projection: GraphProjection, from start: Int) {
        let count = projection.nodeCount
        let bounds = projection.weightBounds
        // A window of all buckets but a few, for rounding.
        let scale = Double(BucketQueue.bucketCount - 8) / bounds.maximum
        let usable = scale.isFinite ? scale : 0
        outgoing = projection.outgoing
        weights = projection.weights ?? [Double](repeating: 1, count: projection.outgoing.count)
        distanceOfNode = WorkBuffer(repeating: .infinity, count: count)
        isFinal = WorkBuffer(repeating: false, count: count)
        buckets = BucketQueue()
        self.scale = usable
        // More than the width of a bucket, again for rounding.
        needsHeap = bounds.minimum * usable < 2
        distanceOfNode[start] = 0
        buckets.push(UInt32(start), to: 0)
    }

    /// The distance of each node.
    func distances() -> [Double] { distanceOfNode.map { $0 } }

    /// Goes on until a turn is due.
    mutating func advance(_ pace: inout AlgorithmPace) throws(StorageError) {
        let (outgoing, weights) = (outgoing, weights)
        try outgoing.withPointers { rows throws(StorageError) in
            try weights.withUnsafeBufferPointer { weights throws(StorageError) in
                while let bucket, !pace.isTurnDue {
                    if needsHeap {
                        try emptyByHeap(bucket, rows, weights, &pace)
                    } else {
                        try empty(bucket, rows, weights, &pace)
                    }
                    if pace.isTurnDue { return }
                    self.bucket = buckets.firstFilled(from: bucket)
                }
            }
        }
    }

    /// Makes all nodes of a bucket final, in any order.
    private mutating func empty(
        _ bucket: Int, _ rows: RowPointers, _ weights: UnsafeBufferPointer<Double>,
        _ pace: inout AlgorithmPace
    ) throws(StorageError) {
        let isFinal = isFinal.elements
        while !pace.isTurnDue, let waiting = buckets.pop(from: bucket) {
            let node = Int(waiting)
            guard !isFinal[node] else { continue }
            isFinal[node] = true
            finalCount &+= 1
            let row = rows[node]
            try pace.spend(1 &+ row.count)
            relax(row, from: distanceOfNode[node], rows, weights)
        }
    }

    @inline(__always)
    private mutating func relax(
        _ row: Range<Int>, from distance: Double, _ rows: RowPointers,
        _ weights: UnsafeBufferPointer<Double>
    ) {
        let distances = distanceOfNode.elements
        for place in row {
            let neighbour = rows.neighbour(place)
            let reached = distance + weights[place]
            guard reached < distances[neighbour] else { continue }
            distances[neighbour] = reached
            buckets.push(UInt32(neighbour), to: number(of: reached))
        }
    }

    /// Makes the nodes of a bucket final, the nearest first, and those that fall into it meanwhile.
    private mutating func emptyByHeap(
        _ bucket: Int, _ rows: RowPointers, _ weights: UnsafeBufferPointer<Double>,
        _ pace: inout AlgorithmPace
    ) throws(StorageError) {
        let isFinal = isFinal.elements
        fillHeap(from: bucket)
        while !pace.isTurnDue, let nearest = heap.pop() {
            let node = Int(nearest.node)
            guard !isFinal[node] else { continue }
            isFinal[node] = true
            finalCount &+= 1
            let row = rows[node]
            try pace.spend(1 &+ row.count)
            relax(row, from: nearest.distance, inBucket: bucket, rows, weights)
        }
    }

    private mutating func fillHeap(from bucket: Int) {
        while let node = buckets.pop(from: bucket) {
            guard !isFinal[Int(node)] else { continue }
            heap.push(node, at: distanceOfNode[Int(node)])
        }
    }

    @inline(__always)
    private mutating func relax(
        _ row: Range<Int>, from distance: Double, inBucket bucket: Int, _ rows: RowPointers,
        _ weights: UnsafeBufferPointer<Double>
    ) {
        let distances = distanceOfNode.elements
        for place in row {
            let neighbour = rows.neighbour(place)
            let reached = distance + weights[place]
            guard reached < distances[neighbour] else { continue }
            distances[neighbour] = reached
            let number = number(of: reached)
            if number == bucket {
                heap.push(UInt32(neighbour), at: reached)
            } else {
                buckets.push(UInt32(neighbour), to: number)
            }
        }
    }

    /// The bucket of a distance.
    ///
    /// At most the number of buckets times that of nodes, which a `Double` holds exactly.
    @inline(__always)
    private func number(of distance: Double) -> Int { Int(distance * scale) }
}
