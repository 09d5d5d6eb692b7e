public import StorageKit

/// The neighbours of many nodes of one moment, along the same relationships: what can be looked up
/// once is, so that a read costs little more than walking the row.
///
/// ```swift
/// let follows = try graph.snapshot().view.neighbourReader(.outgoing("FOLLOWS"))
/// follows.forEachNode(of: ada) { friend in
///     follows.forEachNode(of: friend) { count[$0, default: 0] += 1 }
/// }
/// ```
public struct GraphNeighbourReader: Sendable {
    private let readers: [DirectedReader]

    /// Rows of one type in one direction.
    private struct DirectedReader {
        let rows: RowReader
        /// Whether relationships from a node to itself are left out: another one has them.
        let skipsLoops: Bool
    }

    init(_ state: GraphState, _ expansion: GraphExpansion) {
        let types = state.symbols(of: expansion) ?? state.types.symbols
        readers = types.flatMap { type in
            switch expansion.direction {
            case .outgoing:
                [DirectedReader(rows: state.reader(of: type, .outgoing), skipsLoops: false)]
            case .incoming:
                [DirectedReader(rows: state.reader(of: type, .incoming), skipsLoops: false)]
            case .either:
                [
                    DirectedReader(rows: state.reader(of: type, .outgoing), skipsLoops: false),
                    DirectedReader(rows: state.reader(of: type, .incoming), skipsLoops: true),
                ]
            }
        }
    }

    /// Calls a body with the node at the other end of each relationship of a node, in no promised
    /// order; a node that several lead to comes several times.
    ///
    /// A node that is not there has none. O(neighbours), and a few nanoseconds for each type.
    @inlinable
    public func forEachNode(of id: NodeID, _ body: (NodeID) -> Void) {
        // The loop is compiled where the body is; only the runs come from elsewhere.
        withRuns(of: id) { run in
            for place in run { body(NodeID(UInt64(place))) }
        }
    }

    /// How many relationships of a node there are to go along; O(types).
    public func degree(of id: NodeID) -> Int {
        guard let node = NodeIndex(id) else { return 0 }
        var degree = 0
        for reader in readers {
            degree += reader.rows.degree(of: node)
            if reader.skipsLoops {
                reader.rows.forEachRun(of: node) { run in
                    for other in run where other == node.rawValue { degree -= 1 }
                }
            }
        }
        return degree
    }

    /// Calls a body with runs of the numbers of a node's neighbours, of which most have one.
    @usableFromInline
    func withRuns(of id: NodeID, _ body: (UnsafeBufferPointer<UInt32>) -> Void) {
        guard let node = NodeIndex(id) else { return }
        readers.withUnsafeBufferPointer { readers in
            for place in readers.indices {
                guard readers[place].skipsLoops else {
                    readers[place].rows.forEachRun(of: node, body)
                    continue
                }
                readers[place].rows.forEachRun(of: node) { run in
                    Self.withoutLoops(run, node, body)
                }
            }
        }
    }

    /// The parts of a run between the places where the node itself is.
    private static func withoutLoops(
        _ run: UnsafeBufferPointer<UInt32>, _ node: NodeIndex,
        _ body: (UnsafeBufferPointer<UInt32>) -> Void
    ) {
        for part in run.split(separator: node.rawValue) {
            body(UnsafeBufferPointer(rebasing: part))
        }
    }
}

extension GraphView {
    /// Reads neighbours along these relationships, of as many nodes as one likes.
    ///
    /// O(types).
    public func neighbourReader(_ expansion: GraphExpansion) -> GraphNeighbourReader {
        GraphNeighbourReader(state, expansion)
    }
}
