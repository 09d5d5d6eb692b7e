/// A square grid over points: who is in which cell, and where the middle of a cell's points is.
struct LayoutCells {
    let side: Int
    let members: [[Int]]
    let middles: [GraphPicture.Point]
    private let frame: PictureFrame

    init(_ points: [GraphPicture.Point]) {
        let side = max(Int(Double(points.count).squareRoot().squareRoot()) + 1, 2)
        let frame = PictureFrame(around: points)
        var members = [[Int]](repeating: [], count: side * side)
        for (node, point) in points.enumerated() {
            members[Self.cell(point, frame, side)].append(node)
        }
        middles = members.map { members in
            let count = Double(max(members.count, 1))
            return GraphPicture.Point(
                x: members.reduce(0) { $0 + points[$1].x } / count,
                y: members.reduce(0) { $0 + points[$1].y } / count)
        }
        self.side = side
        self.members = members
        self.frame = frame
    }

    func cell(of point: GraphPicture.Point) -> Int { Self.cell(point, frame, side) }

    func areNear(_ first: Int, _ second: Int) -> Bool {
        abs(first % side - second % side) <= 1 && abs(first / side - second / side) <= 1
    }

    private static func cell(
        _ point: GraphPicture.Point, _ frame: PictureFrame, _ side: Int
    ) -> Int {
        let column = Int((point.x - frame.left) / frame.width * Double(side))
        let row = Int((point.y - frame.top) / frame.height * Double(side))
        return min(max(row, 0), side - 1) * side + min(max(column, 0), side - 1)
    }
}
