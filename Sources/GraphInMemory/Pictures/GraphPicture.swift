public import StorageKit

/// A drawing of a part of a graph: what is in it and how it looks, not yet where it is.
///
/// ```swift
/// let picture = GraphPicture(snapshot, nodes: circle, label: "name")
/// let svg = try picture.svg()
/// ```
public struct GraphPicture: Sendable {
    /// A node.
    public struct Node: Sendable {
        /// Which one.
        public var id: NodeID
        /// What is written beside it; empty for nothing.
        public var label: String
        /// Which colour it has: equal categories have equal ones.
        public var category: Int
        /// How large it is among the others; the area grows with it.
        public var value: Double
        /// Where it is, if that is known: right and down, in any unit.
        public var position: Point?

        /// Creates a node.
        public init(
            _ id: NodeID, label: String = "", category: Int = 0, value: Double = 1,
            position: Point? = nil
        ) {
            self.id = id
            self.label = label
            self.category = category
            self.value = value
            self.position = position
        }
    }

    /// A relationship between two nodes of the picture.
    public struct Edge: Sendable {
        /// Where it begins.
        public var source: NodeID
        /// Where it ends.
        public var target: NodeID
        /// What is written at it, in DOT only.
        public var label: String
        /// Whether it stands out, as a route does that was found.
        public var isHighlighted: Bool

        /// Creates an edge.
        public init(
            from source: NodeID, to target: NodeID, label: String = "", isHighlighted: Bool = false
        ) {
            self.source = source
            self.target = target
            self.label = label
            self.isHighlighted = isHighlighted
        }
    }

    /// A place in the plane: x to the right, y down.
    public struct Point: Hashable, Sendable {
        /// How far to the right.
        public var x: Double
        /// How far down.
        public var y: Double

        /// Creates a point.
        public init(x: Double, y: Double) {
            self.x = x
            self.y = y
        }

        /// The place on a map where parallels and meridians are straight and evenly spaced.
        public init(longitude: Double, latitude: Double) {
            self.init(x: longitude, y: -latitude)
        }
    }

    /// What is written above; empty for nothing.
    public var title: String
    /// The nodes; each id once.
    public var nodes: [Node]
    /// The edges.
    public var edges: [Edge]
    /// Names of categories, for the legend.
    public var categories: [Int: String]
    /// Whether edges have arrowheads.
    public var isDirected: Bool

    /// Creates a picture.
    public init(
        title: String = "", nodes: [Node], edges: [Edge], categories: [Int: String] = [:],
        isDirected: Bool = true
    ) {
        self.title = title
        self.nodes = nodes
        self.edges = edges
        self.categories = categories
        self.isDirected = isDirected
    }
}
