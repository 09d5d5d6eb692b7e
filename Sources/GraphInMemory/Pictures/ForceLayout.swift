/// Places nodes so that neighbours are near and others are not: Fruchterman and Reingold's forces,
/// with a pull to the middle that keeps components together.
///
/// Up to ``exactLimit`` nodes each pushes each; beyond, those of the nine cells of a grid around
/// it, and further cells as one each.
struct ForceLayout {
    private static let exactLimit = 1_000
    private var points: [GraphPicture.Point]
    private let edges: [(Int, Int)]
    private let rounds: Int

    init(nodeCount: Int, edges: [(Int, Int)], seed: UInt64) {
        var state = seed
        let side = Double(nodeCount).squareRoot()
        points = (0..<nodeCount).map { _ in
            GraphPicture.Point(x: Self.unit(&state) * side, y: Self.unit(&state) * side)
        }
        self.edges = edges
        rounds = nodeCount > Self.exactLimit ? 120 : 300
    }

    /// SplitMix64, as a number from 0 to 1.
    private static func unit(_ state: inout UInt64) -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Double((z ^ (z >> 31)) >> 11) * 0x1p-53
    }

    /// The places after all rounds; the ideal length of an edge is 1.
    mutating func run() -> [GraphPicture.Point] {
        let start = max(Double(points.count).squareRoot() / 4, 0.5)
        for round in 0..<rounds {
            step(temperature: start * (1 - Double(round) / Double(rounds)) + 0.001)
        }
        return points
    }

    private mutating func step(temperature: Double) {
        var forces = [GraphPicture.Point](
            repeating: GraphPicture.Point(x: 0, y: 0), count: points.count)
        if points.count <= Self.exactLimit { pushEach(&forces) } else { pushByCells(&forces) }
        for (source, target) in edges where source != target {
            let (x, y) = difference(source, target)
            let length = (x * x + y * y).squareRoot()
            add(&forces, source, x, y, -length)
            add(&forces, target, x, y, length)
        }
        centre(&forces)
        for node in points.indices {
            let force = forces[node]
            let length = max((force.x * force.x + force.y * force.y).squareRoot(), 1e-9)
            let scale = min(length, temperature) / length
            points[node].x += force.x * scale
            points[node].y += force.y * scale
        }
    }

    private func difference(_ first: Int, _ second: Int) -> (Double, Double) {
        (points[first].x - points[second].x, points[first].y - points[second].y)
    }

    private func add(
        _ forces: inout [GraphPicture.Point], _ node: Int, _ x: Double, _ y: Double, _ scale: Double
    ) {
        forces[node].x += x * scale
        forces[node].y += y * scale
    }

    private func pushEach(_ forces: inout [GraphPicture.Point]) {
        for first in points.indices {
            for second in 0..<first {
                let (x, y) = difference(first, second)
                let push = 1 / max(x * x + y * y, 1e-4)
                add(&forces, first, x, y, push)
                add(&forces, second, x, y, -push)
            }
        }
    }

    private func centre(_ forces: inout [GraphPicture.Point]) {
        let count = Double(max(points.count, 1))
        let x = points.reduce(0) { $0 + $1.x } / count
        let y = points.reduce(0) { $0 + $1.y } / count
        for node in points.indices {
            add(&forces, node, points[node].x - x, points[node].y - y, -0.15)
        }
    }

    /// The push of a grid's cells: O(n · cells), with √n cells.
    private func pushByCells(_ forces: inout [GraphPicture.Point]) {
        let cells = LayoutCells(points)
        for node in points.indices {
            let home = cells.cell(of: points[node])
            for cell in cells.members.indices where !cells.members[cell].isEmpty {
                if cells.areNear(home, cell) {
                    for other in cells.members[cell] where other != node {
                        let (x, y) = difference(node, other)
                        add(&forces, node, x, y, 1 / max(x * x + y * y, 1e-4))
                    }
                } else {
                    let middle = cells.middles[cell]
                    let (x, y) = (points[node].x - middle.x, points[node].y - middle.y)
                    let push = Double(cells.members[cell].count) / max(x * x + y * y, 1e-4)
                    add(&forces, node, x, y, push)
                }
            }
        }
    }
}
