internal import StorageKit

/// Finds one shortest way after the other: each next one branches off from one that was found.
///
/// ```
///   found       s ─ a ─ b ─ t
///   branches    s ─ x ─ t            at s, not along s ─ a
///               s ─ a ─ y ─ t        at a, not along a ─ b, and not through s
/// ```
struct BranchingSearch: ~Copyable {
    /// A way that may be the next.
    private struct Candidate {
        let way: RoutePlaces
        /// The place in the way at which it leaves the one that it came from.
        let branch: Int
    }

    private(set) var found: [RoutePlaces] = []
    private let projection: GraphProjection
    private let start: Int
    private let goal: Int
    private var candidates: [Candidate] = []
    private var seen: Set<[Int]> = []
    /// The nodes that a branch must not visit again.
    private let isOnRoot: WorkBuffer<Bool>

    init(_ projection: GraphProjection, from start: Int, to goal: Int) {
        self.projection = projection
        self.start = start
        self.goal = goal
        isOnRoot = WorkBuffer(repeating: false, count: projection.nodeCount)
    }

    /// Finds the next way.
    ///
    /// - Returns: Whether there is one.
    mutating func advance(_ pace: inout AlgorithmPace) async throws(StorageError) -> Bool {
        if found.isEmpty, seen.isEmpty {
            let root = RoutePlaces(nodes: [start], entries: [], weight: 0)
            try search(behind: root, barred: [], branch: 0, &pace)
        }
        guard let next = takeBest() else { return false }
        found.append(next.way)
        for place in next.branch..<max(next.branch, next.way.entries.count) {
            try branchOff(next.way, at: place, &pace)
            if pace.isTurnDue { try await pace.turn(done: found.count) }
        }
        return true
    }

    private mutating func takeBest() -> Candidate? {
        var best: Int?
        for place in candidates.indices {
            guard let other = best else {
                best = place
                continue
            }
            if candidates[place].way.isBefore(candidates[other].way) { best = place }
        }
        guard let best else { return nil }
        return candidates.remove(at: best)
    }

    /// Looks for the shortest way that begins as this one does, and goes on as none before did.
    private mutating func branchOff(
        _ way: RoutePlaces, at branch: Int, _ pace: inout AlgorithmPace
    ) throws(StorageError) {
        let begun = way.entries[..<branch]
        let barred = found.compactMap { other in
            other.entries.count > branch && other.entries[..<branch] == begun
                ? other.entries[branch] : nil
        }
        let root = RoutePlaces(
            nodes: Array(way.nodes[...branch]), entries: Array(begun),
            weight: begun.reduce(0) { $0 + projection.weight(ofEntry: $1) })
        try search(behind: root, barred: Set(barred), branch: branch, &pace)
    }

    private mutating func search(
        behind root: RoutePlaces, barred: Set<Int>, branch: Int, _ pace: inout AlgorithmPace
    ) throws(StorageError) {
        let spur = root.nodes[root.nodes.count - 1]
        for node in root.nodes { isOnRoot[node] = true }
        defer { for node in root.nodes { isOnRoot[node] = false } }
        var tree = RouteTree(projection.outgoing, weights: projection.weights, from: spur)
        let isOnRoot = isOnRoot.elements
        while let node = try tree.advance(
            &pace,
            where: { node, entry, neighbour in
                !isOnRoot[neighbour] && !(node == spur && barred.contains(entry))
            })
        {
            guard node == goal else { continue }
            add(projection.routePlaces(tree.way(to: goal)), behind: root, branch: branch)
            return
        }
    }

    private mutating func add(_ rest: RoutePlaces, behind root: RoutePlaces, branch: Int) {
        let way = RoutePlaces(
            nodes: root.nodes + rest.nodes.dropFirst(), entries: root.entries + rest.entries,
            weight: root.weight + rest.weight)
        guard seen.insert(way.entries).inserted else { return }
        candidates.append(Candidate(way: way, branch: branch))
    }
}

extension RoutePlaces {
    /// The order in which ways are found: by weight, then by length, then by entries.
    fileprivate func isBefore(_ other: RoutePlaces) -> Bool {
        if weight != other.weight { return weight < other.weight }
        if entries.count != other.entries.count { return entries.count < other.entries.count }
        return entries.lexicographicallyPrecedes(other.entries)
    }
}
