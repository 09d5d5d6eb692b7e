public import StorageKit

extension GraphPicture {
    /// A picture of some nodes and of all relationships among them.
    ///
    /// - Parameters:
    ///   - snapshot: Where they are read.
    ///   - nodes: The nodes; those that are not there are left out, and a second time is as once.
    ///   - label: The property that is written beside a node.
    public init(
        _ snapshot: GraphSnapshot, nodes: [NodeID], label: PropertyKey? = nil, title: String = ""
    ) {
        let view = snapshot.view
        var chosen = Set<NodeID>()
        let present = nodes.filter { view.contains($0) && chosen.insert($0).inserted }
        var edges: [Edge] = []
        for node in present {
            for neighbour in view.neighbours(of: node, .outgoing())
            where chosen.contains(neighbour.node) {
                let type = view.relationship(neighbour.relationship)?.type.name ?? ""
                edges.append(Edge(from: node, to: neighbour.node, label: type))
            }
        }
        self.init(
            title: title,
            nodes: present.map { node in
                let text = label.flatMap { view.property($0, of: node) }.map(Self.text) ?? ""
                return Node(node, label: text, value: Double(view.degree(of: node, .either())))
            },
            edges: edges)
    }

    private static func text(_ value: GraphValue) -> String {
        switch value {
        case .string(let text): text
        case .integer(let number): String(number)
        case .double(let number): String(number)
        case .bool(let flag): String(flag)
        default: ""
        }
    }
}
