/// Writes a picture whose nodes have places as SVG.
struct PictureDrawing {
    private let picture: GraphPicture
    private let points: [GraphPicture.Point]
    private let ends: [(Int, Int)]
    private let radii: [Double]
    private let width: Int
    private let height: Int
    private var text = ""

    private static let margin = 48.0

    init(
        _ picture: GraphPicture, _ points: [GraphPicture.Point], _ ends: [(Int, Int)], width: Int,
        height: Int
    ) {
        self.picture = picture
        self.ends = ends
        self.width = width
        self.height = height
        self.points = Self.fit(points, Double(width), Double(height))
        let largest = max(picture.nodes.map { max($0.value, 0) }.max() ?? 0, 1e-9)
        // Many nodes are to leave room between them, and many edges are to be seen through.
        let (least, scale) = picture.nodes.count > 150 ? (2.5, 10.0) : (4.0, 16.0)
        radii = picture.nodes.map { least + scale * (max($0.value, 0) / largest).squareRoot() }
    }

    /// Scales points into the frame, by the same factor right and down.
    private static func fit(
        _ points: [GraphPicture.Point], _ width: Double, _ height: Double
    ) -> [GraphPicture.Point] {
        let frame = PictureFrame(around: points)
        let (roomX, roomY) = (width - 2 * margin, height - 2 * margin - 24)
        let scale = min(roomX / frame.width, roomY / frame.height)
        let left = margin + (roomX - frame.width * scale) / 2
        let top = margin + 24 + (roomY - frame.height * scale) / 2
        return points.map {
            GraphPicture.Point(
                x: left + ($0.x - frame.left) * scale, y: top + ($0.y - frame.top) * scale)
        }
    }

    mutating func document(labelCount: Int) -> String {
        text = """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" \
            viewBox="0 0 \(width) \(height)" font-family="Helvetica, Arial, sans-serif">
            <rect width="100%" height="100%" fill="#FCFCFA"/>
            <defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="6" \
            markerHeight="6" orient="auto"><path d="M0 0L8 4L0 8z" fill="#667"/></marker></defs>

            """
        drawEdges(highlighted: false)
        drawEdges(highlighted: true)
        drawNodes()
        drawLabels(labelCount)
        drawTitle()
        drawLegend()
        return text + "</svg>\n"
    }

    private mutating func drawEdges(highlighted: Bool) {
        let opacity = min(0.45, 400 / Double(max(1, picture.edges.count)))
        let style =
            highlighted
            ? "stroke=\"#C1121F\" stroke-width=\"3\""
            : "stroke=\"#667\" stroke-width=\"1\" stroke-opacity=\"\(Self.hundredths(opacity))\""
        text += "<g fill=\"none\" \(style)>\n"
        let arrow = picture.isDirected ? " marker-end=\"url(#arrow)\"" : ""
        for (place, edge) in picture.edges.enumerated() where edge.isHighlighted == highlighted {
            text += "<path d=\"\(path(ends[place]))\"\(arrow)/>\n"
        }
        text += "</g>\n"
    }

    /// A line from rim to rim; a loop for an edge to itself.
    private func path(_ ends: (Int, Int)) -> String {
        let (from, to) = (points[ends.0], points[ends.1])
        let (x, y) = (to.x - from.x, to.y - from.y)
        let length = (x * x + y * y).squareRoot()
        let (first, second) = (radii[ends.0], radii[ends.1])
        guard length > first + second else {
            guard ends.0 == ends.1 else { return Self.line(from, to) }
            let top = GraphPicture.Point(x: from.x, y: from.y - first)
            return "M\(Self.pair(top))c-14 -18 14 -18 0 0"
        }
        let start = GraphPicture.Point(
            x: from.x + x / length * first, y: from.y + y / length * first)
        let end = GraphPicture.Point(x: to.x - x / length * second, y: to.y - y / length * second)
        return Self.line(start, end)
    }

    private static func line(_ from: GraphPicture.Point, _ to: GraphPicture.Point) -> String {
        "M\(pair(from))L\(pair(to))"
    }

    private static func pair(_ point: GraphPicture.Point) -> String {
        "\(short(point.x)) \(short(point.y))"
    }

    /// A tenth of a pixel is enough.
    private static func short(_ number: Double) -> String { String((number * 10).rounded() / 10) }

    private static func hundredths(_ number: Double) -> String {
        String((number * 100).rounded(.up) / 100)
    }

    private mutating func drawNodes() {
        text += "<g stroke=\"#FFF\" stroke-width=\"1.2\">\n"
        for (place, node) in picture.nodes.enumerated() {
            let point = points[place]
            text += "<circle cx=\"\(Self.short(point.x))\" cy=\"\(Self.short(point.y))\" "
            text += "r=\"\(Self.short(radii[place]))\" "
            text += "fill=\"\(PicturePalette.colour(node.category))\"/>\n"
        }
        text += "</g>\n"
    }

    private mutating func drawLabels(_ count: Int) {
        var labels = PictureLabels(width: Double(width), height: Double(height))
        let order = picture.nodes.indices.sorted {
            (radii[$1], $0) < (radii[$0], $1)
        }
        text += "<g font-size=\"12\" fill=\"#223\" stroke=\"#FCFCFA\" stroke-width=\"3\" "
        text += "paint-order=\"stroke\" stroke-linejoin=\"round\">\n"
        for place in order where !picture.nodes[place].label.isEmpty {
            guard labels.count < count else { break }
            let label = picture.nodes[place].label
            guard let point = labels.place(label, beside: points[place], radii[place]) else {
                continue
            }
            text += "<text x=\"\(Self.short(point.x))\" y=\"\(Self.short(point.y))\">"
            text += "\(Self.escaped(label))</text>\n"
        }
        text += "</g>\n"
    }

    private mutating func drawTitle() {
        guard !picture.title.isEmpty else { return }
        text += "<text x=\"24\" y=\"36\" font-size=\"20\" font-weight=\"bold\" fill=\"#223\">"
        text += "\(Self.escaped(picture.title))</text>\n"
    }

    private mutating func drawLegend() {
        let entries = picture.categories.sorted { $0.key < $1.key }.prefix(12)
        for (row, entry) in entries.enumerated() {
            let y = height - 20 - (entries.count - 1 - row) * 20
            text += "<circle cx=\"30\" cy=\"\(y)\" r=\"6\" "
            text += "fill=\"\(PicturePalette.colour(entry.key))\"/>"
            text += "<text x=\"42\" y=\"\(y + 4)\" font-size=\"12\" fill=\"#223\">"
            text += "\(Self.escaped(entry.value))</text>\n"
        }
    }

    /// Text as XML has it: what XML 1.0 forbids is left out.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\t", "\n", "\r": result += " "
            case _ where scalar.value < 0x20 || scalar.value & 0xFFFE == 0xFFFE: break
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
