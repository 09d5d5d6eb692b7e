public import StorageKit

extension GraphPicture {
    /// The picture as an SVG document.
    ///
    /// Nodes with positions stay at them, scaled into the frame, when all have one; otherwise
    /// forces place all: O(n²) a round up to 1,000 nodes, about O(n^1.5) beyond. The same seed
    /// gives the same picture.
    ///
    /// - Parameters:
    ///   - width: In pixels, at least 200.
    ///   - height: In pixels, at least 200.
    ///   - seed: Where the forces begin.
    ///   - labelCount: How many labels there are at most, those of the largest nodes first; one
    ///     that would cover another is left out.
    /// - Throws: ``StorageKit/StorageError/Code/invalidArgument`` for a number that is not finite
    ///   or a size too small, an id twice, or an edge to a node that is not in the picture.
    public func svg(
        width: Int = 1_200, height: Int = 800, seed: UInt64 = 1, labelCount: Int = 60
    ) throws(StorageError) -> String {
        guard width >= 200, height >= 200, width <= 100_000, height <= 100_000 else {
            throw Self.invalid("a picture is 200 to 100,000 pixels wide and high")
        }
        let places = try self.places()
        let ends = try edges.map { edge throws(StorageError) in
            guard let source = places[edge.source], let target = places[edge.target] else {
                throw Self.invalid("an edge ends at a node that is not in the picture")
            }
            return (source, target)
        }
        let points = layout(ends, seed)
        var drawing = PictureDrawing(self, points, ends, width: width, height: height)
        return drawing.document(labelCount: labelCount)
    }

    static func invalid(_ message: String) -> StorageError {
        StorageError(code: .invalidArgument, message: message)
    }

    private func places() throws(StorageError) -> [NodeID: Int] {
        var places: [NodeID: Int] = [:]
        for (place, node) in nodes.enumerated() {
            let point = node.position ?? Point(x: 0, y: 0)
            guard max(abs(node.value), abs(point.x), abs(point.y)) < 1e150, !node.value.isNaN,
                !point.x.isNaN, !point.y.isNaN
            else { throw Self.invalid("node \(node.id) has a number that cannot be drawn") }
            guard places.updateValue(place, forKey: node.id) == nil else {
                throw Self.invalid("node \(node.id) is in the picture twice")
            }
        }
        return places
    }

    private func layout(_ ends: [(Int, Int)], _ seed: UInt64) -> [Point] {
        let fixed = nodes.compactMap(\.position)
        if fixed.count == nodes.count { return fixed }
        var layout = ForceLayout(nodeCount: nodes.count, edges: ends, seed: seed)
        return layout.run()
    }
}
