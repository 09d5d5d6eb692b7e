extension GraphPicture {
    /// The picture in Graphviz' language, for its programs to lay out.
    public func dot() -> String {
        let arrow = isDirected ? "->" : "--"
        var lines = ["\(isDirected ? "digraph" : "graph") {"]
        if !title.isEmpty { lines.append("  label=\(Self.quoted(title)); labelloc=t;") }
        lines.append("  node [shape=circle, style=filled, fontname=\"Helvetica\"];")
        for node in nodes {
            lines.append(
                "  n\(node.id) [label=\(Self.quoted(node.label)), "
                    + "fillcolor=\"\(PicturePalette.colour(node.category))\"];")
        }
        for edge in edges {
            let label = edge.label.isEmpty ? "" : "label=\(Self.quoted(edge.label))"
            let width = edge.isHighlighted ? "penwidth=3" : ""
            let attributes = [label, width].filter { !$0.isEmpty }.joined(separator: ", ")
            let list = attributes.isEmpty ? "" : " [\(attributes)]"
            lines.append("  n\(edge.source) \(arrow) n\(edge.target)\(list);")
        }
        return lines.joined(separator: "\n") + "\n}\n"
    }

    /// A quoted string: a backslash begins an escape in labels, so that one of the text is doubled.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\0", "\r": result += " "
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
