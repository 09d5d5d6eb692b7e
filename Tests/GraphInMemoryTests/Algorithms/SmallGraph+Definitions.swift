import GraphInMemory

/// The algorithms as they are defined, without a thought for speed.
extension SmallGraph {
    /// Distances by relaxing every edge until nothing changes (Bellman and Ford).
    func distances(from source: Int, weighted: Bool = true) -> [Double] {
        var distances = [Double](repeating: .infinity, count: nodeCount)
        distances[source] = 0
        var isChanged = true
        while isChanged {
            isChanged = false
            for (node, steps) in steps.enumerated() {
                for step in steps {
                    let distance = distances[node] + (weighted ? step.weight : 1)
                    guard distance < distances[step.node] else { continue }
                    distances[step.node] = distance
                    isChanged = true
                }
            }
        }
        return distances
    }

    func ranks(damping: Double, iterations: Int) -> [Double] {
        let count = Double(nodeCount)
        var ranks = [Double](repeating: 1 / count, count: nodeCount)
        let steps = steps
        for _ in 0..<iterations {
            var next = [Double](repeating: (1 - damping) / count, count: nodeCount)
            for (node, targets) in steps.enumerated() {
                for target in targets {
                    next[target.node] += damping * ranks[node] / Double(targets.count)
                }
                guard targets.isEmpty else { continue }
                for other in next.indices { next[other] += damping * ranks[node] / count }
            }
            ranks = next
        }
        return ranks
    }

    /// `[u][v]`: whether a way leads from `u` to `v` (Warshall).
    func reachability() -> [[Bool]] {
        var reaches = (0..<nodeCount).map { node in (0..<nodeCount).map { $0 == node } }
        for (node, steps) in steps.enumerated() {
            for step in steps { reaches[node][step.node] = true }
        }
        for middle in 0..<nodeCount {
            for from in 0..<nodeCount where reaches[from][middle] {
                for to in 0..<nodeCount where reaches[middle][to] { reaches[from][to] = true }
            }
        }
        return reaches
    }

    func weakComponents() -> [Int] {
        var both = self
        both.orientation = .undirected
        let reaches = both.reachability()
        return (0..<nodeCount).map { node in reaches[node].firstIndex(of: true) ?? node }
    }

    func strongComponents() -> [Int] {
        let reaches = reachability()
        return (0..<nodeCount).map { node in
            (0..<nodeCount).first { reaches[node][$0] && reaches[$0][node] } ?? node
        }
    }

    func labels(iterations: Int) -> [Int] {
        var neighbours = steps.map { $0.map(\.node) }
        if orientation == .directed {
            for edge in edges { neighbours[edge.target].append(edge.source) }
        }
        var labels = Array(0..<nodeCount)
        for _ in 0..<iterations {
            labels = (0..<nodeCount).map { node in
                var votes: [Int: Int] = [:]
                for neighbour in neighbours[node] { votes[labels[neighbour], default: 0] += 1 }
                return votes.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? labels[node]
            }
        }
        return labels
    }

    func clusteringCoefficients() -> [Double] {
        var leads = [Set<Int>](repeating: [], count: nodeCount)
        for (node, steps) in steps.enumerated() { leads[node] = Set(steps.map(\.node)) }
        return (0..<nodeCount).map { node in
            let circle = (0..<nodeCount).filter { other in
                other != node && (leads[node].contains(other) || leads[other].contains(node))
            }
            guard circle.count > 1 else { return 0 }
            var edges = 0
            for first in circle {
                for second in circle where first != second && leads[first].contains(second) {
                    edges += 1
                }
            }
            return Double(edges) / Double(circle.count * (circle.count - 1))
        }
    }
}
