/// How many relationships the nodes of a projection have: the spread of their degrees.
public struct DegreeStatistics: Hashable, Sendable {
    /// How many nodes there are of each degree: the number at place `d` have degree `d`.
    public let histogram: [Int]

    init(_ degrees: some Sequence<Int>) {
        var histogram: [Int] = []
        for degree in degrees {
            while histogram.count <= degree { histogram.append(0) }
            histogram[degree] += 1
        }
        self.histogram = histogram
    }

    /// How many nodes there are.
    public var nodeCount: Int { histogram.reduce(0, +) }

    /// The lowest degree; 0 without nodes.
    public var minimum: Int { histogram.firstIndex { $0 > 0 } ?? 0 }

    /// The highest degree; 0 without nodes.
    public var maximum: Int { max(0, histogram.count - 1) }

    /// The sum of all degrees over the number of nodes; 0 without nodes.
    public var mean: Double {
        let sum = histogram.enumerated().reduce(0) { $0 + $1.offset * $1.element }
        return nodeCount == 0 ? 0 : Double(sum) / Double(nodeCount)
    }

    /// The degree that half of the nodes do not exceed.
    public var median: Int { percentile(50) }

    /// The lowest degree that at least so many of a hundred nodes do not exceed (nearest rank).
    ///
    /// O(maximum). Below 0 is taken for 0, above 100 for 100.
    public func percentile(_ percent: Double) -> Int {
        let rank = Double(nodeCount) * min(max(percent, 0), 100) / 100
        var passed = 0
        for (degree, count) in histogram.enumerated() {
            passed += count
            if passed > 0, Double(passed) >= rank { return degree }
        }
        return 0
    }
}
