import GraphInMemory

/// The graph of the suite: R-MAT, the same on every machine.
///
/// Each edge falls into one of the four quarters of the adjacency matrix with the probabilities a,
/// b, c and d, then into a quarter of that, down to one cell. D. Chakrabarti, Y. Zhan and
/// C. Faloutsos, *R-MAT: A Recursive Model for Graph Mining*, SDM 2004. Edges that were there
/// already and edges of a node to itself are left out.
struct GraphBenchmarkEdges: Sendable {
    static let scale = 17
    static let nodeCount = 1 << scale
    private static let (a, b, c) = (0.57, 0.19, 0.19)

    private(set) var sources: [UInt32] = []
    private(set) var targets: [UInt32] = []
    /// From 1 to 100.
    private(set) var weights: [Double] = []

    var count: Int { sources.count }

    init(drawn: Int = 1_250_000) {
        var random = Random(state: 17)
        var seen = Set<UInt64>(minimumCapacity: drawn)
        for _ in 0..<drawn {
            let (source, target) = Self.cell(&random)
            let weight = Double(random.next() % 100 + 1)
            guard source != target, seen.insert(UInt64(source) << 32 | UInt64(target)).inserted
            else { continue }
            sources.append(source)
            targets.append(target)
            weights.append(weight)
        }
    }

    /// SplitMix64.
    private struct Random: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var value = state
            value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
            return value ^ value >> 31
        }
    }

    private static func cell(_ random: inout Random) -> (source: UInt32, target: UInt32) {
        var (source, target): (UInt32, UInt32) = (0, 0)
        for _ in 0..<scale {
            let draw = Double(random.next() >> 11) / Double(UInt64(1) << 53)
            (source, target) = (source << 1, target << 1)
            if draw >= a + b { source |= 1 }
            if draw >= a && draw < a + b || draw >= a + b + c { target |= 1 }
        }
        return (source, target)
    }

    /// The node that the most edges lead from: where the searches start.
    var hub: UInt32 {
        var degrees = [Int](repeating: 0, count: Self.nodeCount)
        for source in sources { degrees[Int(source)] += 1 }
        return UInt32(degrees.indices.max { degrees[$0] < degrees[$1] } ?? 0)
    }

    /// Nodes to read, among them those that no edge leads from.
    static func nodes(_ count: Int) -> [UInt32] {
        var random = Random(state: 4)
        return (0..<count).map { _ in UInt32(random.next() % UInt64(nodeCount)) }
    }

    /// A line for each edge, `source target weight`, or `source target`.
    func text(weighted: Bool) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(count * 18)
        for place in 0..<count {
            text += "\(sources[place]) \(targets[place])".utf8
            if weighted { text += " \(Int(weights[place]))".utf8 }
            text.append(10)
        }
        return text
    }

    /// The edges, frozen for the algorithms.
    func projection() throws -> GraphProjection {
        try GraphProjection(
            nodeCount: Self.nodeCount,
            edges: zip(sources, targets).map { (source: Int($0), target: Int($1)) },
            weights: weights)
    }
}
