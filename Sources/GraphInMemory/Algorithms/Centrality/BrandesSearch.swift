internal import StorageKit

/// How much of the shortest ways from one node goes through each other one.
///
/// U. Brandes, *A Faster Algorithm for Betweenness Centrality*, Journal of Mathematical Sociology
/// 25, 2001: one search counts the shortest ways to each node, and walking its nodes backwards adds
/// up what depends on each, without a look at pairs.
struct BrandesSearch: ~Copyable {
    private let rows: CompressedRows
    private let weights: [Double]?
    private let distances: WorkBuffer<Double>
    /// How many shortest ways lead to each node; a floating-point number, for there may be many.
    private let counts: WorkBuffer<Double>
    private let dependencies: WorkBuffer<Double>
    private let isTaken: WorkBuffer<Bool>
    /// The nodes in the order of their distances.
    private let order: WorkBuffer<UInt32>

    init(_ projection: borrowing GraphProjection) {
        rows = projection.outgoing
        weights = projection.weights
        let count = projection.nodeCount
        distances = WorkBuffer(repeating: .infinity, count: count)
        counts = WorkBuffer(repeating: 0, count: count)
        dependencies = WorkBuffer(repeating: 0, count: count)
        isTaken = WorkBuffer(repeating: false, count: count)
        order = WorkBuffer(repeating: 0, count: count)
    }

    /// Adds what depends on each node on the ways from one.
    func add(
        from source: Int, scale: Double, to totals: borrowing WorkBuffer<Double>,
        _ pace: inout AlgorithmPace
    ) throws(StorageError) {
        let taken =
            weights == nil ? try takeByLevels(source, &pace) : try takeByDistance(source, &pace)
        try addUp(source, taken, scale, totals, &pace)
        for place in 0..<taken { reset(Int(order[place])) }
    }

    private func reset(_ node: Int) {
        distances[node] = .infinity
        counts[node] = 0
        dependencies[node] = 0
        isTaken[node] = false
    }

    /// A breadth-first search: the order is its own queue.
    private func takeByLevels(
        _ source: Int, _ pace: inout AlgorithmPace
    ) throws(StorageError) -> Int {
        let (distances, counts, order) = (distances.elements, counts.elements, order.elements)
        distances[source] = 0
        counts[source] = 1
        order[0] = UInt32(source)
        var (taken, known) = (0, 1)
        try rows.withPointers { rows throws(StorageError) in
            while taken < known {
                let node = Int(order[taken])
                taken += 1
                let next = distances[node] + 1
                try pace.spend(1 + rows.degree(node))
                for place in rows[node] {
                    let neighbour = rows.neighbour(place)
                    if distances[neighbour] == .infinity {
                        distances[neighbour] = next
                        order[known] = UInt32(neighbour)
                        known += 1
                    }
                    if distances[neighbour] == next { counts[neighbour] += counts[node] }
                }
            }
        }
        return taken
    }

    private func takeByDistance(
        _ source: Int, _ pace: inout AlgorithmPace
    ) throws(StorageError) -> Int {
        let (distances, counts, order) = (distances.elements, counts.elements, order.elements)
        let isTaken = isTaken.elements
        var heap = DistanceHeap()
        distances[source] = 0
        counts[source] = 1
        heap.push(UInt32(source), at: 0)
        var taken = 0
        try withRows { rows, weights throws(StorageError) in
            while let entry = heap.pop() {
                let node = Int(entry.node)
                guard !isTaken[node] else { continue }
                isTaken[node] = true
                order[taken] = entry.node
                taken += 1
                try pace.spend(1 + rows.degree(node))
                for place in rows[node] {
                    let neighbour = rows.neighbour(place)
                    let distance = entry.distance + (weights?[place] ?? 1)
                    guard neighbour != node, distance <= distances[neighbour],
                        distance < .infinity
                    else { continue }
                    if distance < distances[neighbour] {
                        distances[neighbour] = distance
                        counts[neighbour] = 0
                        heap.push(UInt32(neighbour), at: distance)
                    }
                    counts[neighbour] += counts[node]
                }
            }
        }
        return taken
    }

    /// Lends the memory of the rows and of the weights, if there are any, for the time of a call.
    private func withRows(
        _ body: (RowPointers, UnsafeBufferPointer<Double>?) throws(StorageError) -> Void
    ) throws(StorageError) {
        try rows.withPointers { rows throws(StorageError) in
            guard let weights else { return try body(rows, nil) }
            try weights.withUnsafeBufferPointer { weights throws(StorageError) in
                try body(rows, weights)
            }
        }
    }

    /// Goes back from the farthest node: each hands to those before it their share of what depends
    /// on it.
    private func addUp(
        _ source: Int, _ taken: Int, _ scale: Double, _ totals: borrowing WorkBuffer<Double>,
        _ pace: inout AlgorithmPace
    ) throws(StorageError) {
        let (distances, counts) = (distances.elements, counts.elements)
        let (dependencies, order) = (dependencies.elements, order.elements)
        try withRows { rows, weights throws(StorageError) in
            for place in (0..<taken).reversed() {
                let node = Int(order[place])
                try pace.spend(1 + rows.degree(node))
                var dependency = 0.0
                for entry in rows[node] {
                    let neighbour = rows.neighbour(entry)
                    let distance = distances[node] + (weights?[entry] ?? 1)
                    // Infinitely far is where no way leads, also along what weighs infinitely much.
                    guard neighbour != node, distance == distances[neighbour],
                        distance < .infinity
                    else { continue }
                    dependency += counts[node] / counts[neighbour] * (1 + dependencies[neighbour])
                }
                dependencies[node] = dependency
                if node != source { totals[node] += scale * dependency }
            }
        }
    }
}
