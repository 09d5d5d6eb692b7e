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
    /// How many ways are wanted.
    private let count: Int
    /// The best that are known, no more than are still wanted.
    private var candidates: [Candidate] = []
    private var seen: Set<[Int]> = []
    /// The search for what follows a branch, which begins anew for each.
    private var tree: RouteTree
    /// The nodes that a branch must not visit again.
    private let isOnRoot: WorkBuffer<Bool>

    init(_ projection: GraphProjection, from start: Int, to goal: Int, count: Int) {
        self.projection = projection
        self.start = start
        self.goal = goal
        self.count = count
        tree = RouteTree(projection.outgoing, weights: projection.weights, from: start)
        isOnRoot = WorkBuffer(repeating: false, count: projection.nodeCount)
    }

    /// Finds the next way.
    ///
    /// - Returns: Whether there is one.
    mutating func advance(_ pace: inout AlgorithmPace) async throws(StorageError) -> Bool {
        if found.isEmpty, seen.isEmpty {
            let root = RoutePlaces(nodes: [start], entries: [], weight: 0)
            try search(behind: root, at: 0, weighing: 0, barred: [], &pace)
        }
        guard let next = takeBest() else { return false }
        found.append(next.way)
        guard found.count < count else { return true }
        try await branchOff(next.way, from: next.branch, &pace)
        return true
    }

    private mutating func takeBest() -> Candidate? {
        candidates.indices.min { candidates[$0].way.isBefore(candidates[$1].way) }
            .map { candidates.remove(at: $0) }
    }

    /// How much a way may weigh that is still of use.
    private var limit: Double {
        guard candidates.count >= count - found.count else { return .infinity }
        return candidates.lazy.map(\.way.weight).max() ?? .infinity
    }

    /// Looks, at each place from one on, for the shortest way that begins as this one does and then
    /// goes on as none before did.
    private mutating func branchOff(
        _ way: RoutePlaces, from branch: Int, _ pace: inout AlgorithmPace
    ) async throws(StorageError) {
        let begun = way.entries[..<branch]
        // The ways that are the same up to the place in hand.
        var alike = found.filter { $0.entries.starts(with: begun) }
        var weight = begun.reduce(0) { $0 + projection.weight(ofEntry: $1) }
        for node in way.nodes[..<branch] { isOnRoot[node] = true }
        defer { for node in way.nodes { isOnRoot[node] = false } }
        for (place, entry) in way.entries.enumerated().dropFirst(branch) {
            isOnRoot[way.nodes[place]] = true
            let barred = Set(alike.map { $0.entries[place] })
            try search(behind: way, at: place, weighing: weight, barred: barred, &pace)
            weight += projection.weight(ofEntry: entry)
            alike.removeAll { $0.entries[place] != entry }
            if pace.isTurnDue { try await pace.turn(done: found.count - 1) }
        }
    }

    private mutating func search(
        behind root: RoutePlaces, at branch: Int, weighing weight: Double, barred: Set<Int>,
        _ pace: inout AlgorithmPace
    ) throws(StorageError) {
        let spur = root.nodes[branch]
        tree.restart(from: spur)
        let isOnRoot = isOnRoot.elements
        let limit = limit
        while let near = tree.nearest(), weight + near <= limit,
            let node = try tree.advance(
                &pace,
                where: { node, entry, neighbour in
                    !isOnRoot[neighbour] && !(node == spur && barred.contains(entry))
                })
        {
            guard node == goal else { continue }
            add(projection.routePlaces(tree.way(to: goal)), behind: root, at: branch, weight)
            return
        }
    }

    private mutating func add(
        _ rest: RoutePlaces, behind root: RoutePlaces, at branch: Int, _ weight: Double
    ) {
        let way = RoutePlaces(
            nodes: root.nodes[..<branch] + rest.nodes,
            entries: root.entries[..<branch] + rest.entries,
            weight: weight + rest.weight)
        guard seen.insert(way.entries).inserted else { return }
        candidates.append(Candidate(way: way, branch: branch))
        guard candidates.count > count - found.count else { return }
        candidates.indices.max { candidates[$0].way.isBefore(candidates[$1].way) }
            .map { _ = candidates.remove(at: $0) }
    }
}

extension RoutePlaces {
    /// The order in which ways are taken: by weight, then by length, then by entries.
    fileprivate func isBefore(_ other: RoutePlaces) -> Bool {
        if weight != other.weight { return weight < other.weight }
        if entries.count != other.entries.count { return entries.count < other.entries.count }
        return entries.lexicographicallyPrecedes(other.entries)
    }
}
