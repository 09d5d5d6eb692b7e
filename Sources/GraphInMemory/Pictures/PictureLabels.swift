/// Finds room for labels, one after the other.
struct PictureLabels {
    private struct Box {
        let left: Double
        let top: Double
        let right: Double
        let bottom: Double

        func meets(_ other: Box) -> Bool {
            left < other.right && other.left < right && top < other.bottom && other.top < bottom
        }
    }

    private let width: Double
    private let height: Double
    private var taken: [Box] = []

    var count: Int { taken.count }

    init(width: Double, height: Double) {
        self.width = width
        self.height = height
    }

    /// The left end of the label's base line: right of the node, left of it, above or below; `nil`
    /// where there is no room.
    mutating func place(
        _ label: String, beside point: GraphPicture.Point, _ radius: Double
    ) -> GraphPicture.Point? {
        // Letters of Helvetica are half as wide as high, with some to spare.
        let length = Double(label.count) * 6.6
        let gap = radius + 3
        let choices = [
            (point.x + gap, point.y + 4), (point.x - gap - length, point.y + 4),
            (point.x - length / 2, point.y - gap), (point.x - length / 2, point.y + gap + 10),
        ]
        for (x, y) in choices {
            let box = Box(left: x, top: y - 11, right: x + length, bottom: y + 3)
            guard box.left >= 0, box.right <= width, box.top >= 0, box.bottom <= height,
                !taken.contains(where: { $0.meets(box) })
            else { continue }
            taken.append(box)
            return GraphPicture.Point(x: x, y: y)
        }
        return nil
    }
}
