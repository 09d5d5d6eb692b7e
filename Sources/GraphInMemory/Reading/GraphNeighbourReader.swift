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
    /// The one reader, where there is one that skips nothing.
    private let single: DirectedReader?

    init(_ state: GraphState, _ expansion: GraphExpansion) {
        let types = state.symbols(of: expansion) ?? state.types.symbols
        readers = types.flatMap { type in
            switch expansion.direction {
            case .outgoing: [DirectedReader(state, type, .outgoing)]
            case .incoming: [DirectedReader(state, type, .incoming)]
            case .either:
                [
                    DirectedReader(state, type, .outgoing),
                    DirectedReader(state, type, .incoming, skipsLoops: true),
                ]
            }
        }
        single = readers.count == 1 ? readers[0] : nil
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
            degree += reader.changing.degree(of: node)
            if reader.skipsLoops {
                reader.forEachRun(of: node) { run in
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
        if let single { return single.forEachRun(of: node, body) }
        for reader in readers {
            guard reader.skipsLoops else {
                reader.forEachRun(of: node, body)
                continue
            }
            reader.forEachRun(of: node) { run in Self.withoutLoops(run, node, body) }
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

/// Rows of one type in one direction; an object, for a read not to copy what it goes through.
private final class DirectedReader: Sendable {
    /// Whether relationships from a node to itself are left out: another one has them.
    let skipsLoops: Bool
    /// The rows with what was written since they were built.
    let changing: RowReader
    /// Whether the rows are all that there is.
    private let isSettled: Bool
    private let offsets: [UInt32]
    private let neighbours: [NodeIndex]

    init(
        _ state: GraphState, _ type: TypeSymbol, _ direction: RowDirection, skipsLoops: Bool = false
    ) {
        self.skipsLoops = skipsLoops
        changing = state.reader(of: type, direction)
        let settled = state.settledRows(of: type, direction)
        isSettled = settled != nil
        offsets = settled?.offsets ?? []
        neighbours = settled?.neighbours ?? []
    }

    @inline(__always)
    func forEachRun(of node: NodeIndex, _ body: (UnsafeBufferPointer<UInt32>) -> Void) {
        guard isSettled else { return changing.forEachRun(of: node, body) }
        guard node.place + 1 < offsets.count else { return }
        let (start, end) = (Int(offsets[node.place]), Int(offsets[node.place + 1]))
        guard start < end else { return }
        neighbours.withUnsafeBufferPointer { neighbours in
            // A place is one number, and laid out as that number.
            UnsafeBufferPointer(rebasing: neighbours[start..<end])
                .withMemoryRebound(to: UInt32.self, body)
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
