internal import StorageKit

/// The nodes that a search has reached from one end, each with the shortest way there so far.
///
/// E. W. Dijkstra, *A note on two problems in connexion with graphs*, Numerische Mathematik 1,
/// 1959. A node is taken again when a shorter way to it turns up, which a guess that is not
/// consistent may cause (P. E. Hart, N. J. Nilsson, B. Raphael, *A Formal Basis for the Heuristic
/// Determination of Minimum Cost Paths*, IEEE Transactions on Systems Science and Cybernetics 4,
/// 1968).
struct RouteTree: ~Copyable {
    private let rows: CompressedRows
    private let weights: [Double]?
    /// The way to each node so far; infinite where none is known.
    private let distances: WorkBuffer<Double>
    /// The entry that leads to each node, and the node where it begins.
    private let entries: WorkBuffer<UInt32>
    private let previous: WorkBuffer<UInt32>
    /// How far it is from each node to the goal at least; not a number where nobody has asked.
    private let guesses: WorkBuffer<Double>
    private let guess: ((Int) -> Double)?
    private var heap = DistanceHeap()
    /// The nodes that were reached.
    private var reached: [UInt32] = []

    /// - Parameters:
    ///   - rows: Along what to go.
    ///   - weights: The weights in step with the rows.
    ///   - guess: How far it is from a node to the goal at least; `nil` where nobody knows.
    init(
        _ rows: CompressedRows, weights: [Double]?, from start: Int,
        guess: ((Int) -> Double)? = nil
    ) {
        self.rows = rows
        self.weights = weights
        let count = rows.nodeCount
        distances = WorkBuffer(repeating: .infinity, count: count)
        entries = WorkBuffer(repeating: .max, count: count)
        previous = WorkBuffer(repeating: .max, count: count)
        guesses = WorkBuffer(repeating: .nan, count: guess == nil ? 0 : count)
        self.guess = guess
        begin(at: start)
    }

    private mutating func begin(at start: Int) {
        distances[start] = 0
        reached.append(UInt32(start))
        heap.push(UInt32(start), at: remaining(from: start))
    }

    /// Searches from another start, in the same memory: O(what was reached), not O(nodes).
    mutating func restart(from start: Int) {
        if reached.count > distances.count / 8 {
            // In the order of memory that is less work than in that of the search.
            distances.elements.update(repeating: .infinity)
            previous.elements.update(repeating: .max)
        } else {
            for node in reached.lazy.map(Int.init) {
                distances[node] = .infinity
                previous[node] = .max
            }
        }
        reached.removeAll(keepingCapacity: true)
        heap.removeAll()
        begin(at: start)
    }

    /// How long the shortest way to a node is, so far.
    func distance(to node: Int) -> Double { distances[node] }

    /// How long the ways are at least that have not been looked at; `nil` when there are none.
    mutating func nearest() -> Double? {
        while let entry = heap.first {
            if isCurrent(entry) { return entry.distance }
            _ = heap.pop()
        }
        return nil
    }

    /// Takes the nearest node and looks at what it leads to.
    ///
    /// - Parameters:
    ///   - isAllowed: Whether the way may go from a node along an entry to another node.
    ///   - hasReached: Told of each node to which a shorter way was found, and how long that is.
    /// - Returns: The node that was taken; `nil` when there is none left.
    mutating func advance(
        _ pace: inout AlgorithmPace, where isAllowed: (Int, Int, Int) -> Bool = { _, _, _ in true },
        reached hasReached: (Int, Double) -> Void = { _, _ in }
    ) throws(StorageError) -> Int? {
        while let entry = heap.pop() {
            guard isCurrent(entry) else { continue }
            let node = Int(entry.node)
            let row = rows.row(NodeIndex(entry.node))
            try pace.spend(1 + row.count)
            for place in row {
                let neighbour = Int(rows.neighbours[place].rawValue)
                let distance = distances[node] + (weights?[place] ?? 1)
                guard distance < distances[neighbour], isAllowed(node, place, neighbour) else {
                    continue
                }
                if distances[neighbour] == .infinity { reached.append(UInt32(neighbour)) }
                distances[neighbour] = distance
                entries[neighbour] = UInt32(place)
                previous[neighbour] = UInt32(node)
                heap.push(UInt32(neighbour), at: distance + remaining(from: neighbour))
                hasReached(neighbour, distance)
            }
            return node
        }
        return nil
    }

    /// The nodes on the way to a node, the start first, and the entries between them.
    func way(to node: Int) -> (nodes: [Int], entries: [Int]) {
        var (nodes, entries) = ([node], [Int]())
        var node = node
        while previous[node] != .max {
            entries.append(Int(self.entries[node]))
            node = Int(previous[node])
            nodes.append(node)
        }
        return (nodes.reversed(), entries.reversed())
    }

    private func isCurrent(_ entry: DistanceHeap.Entry) -> Bool {
        let node = Int(entry.node)
        return entry.distance == distances[node] + remaining(from: node)
    }

    private func remaining(from node: Int) -> Double {
        guard let guess else { return 0 }
        if guesses[node].isNaN { guesses[node] = max(0, guess(node)) }
        return guesses[node]
    }
}
