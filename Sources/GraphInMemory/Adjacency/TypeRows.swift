internal import StorageKit

/// The rows of one type in both directions.
struct TypeRows: Sendable {
    var outgoing = DirectedRows()
    var incoming = DirectedRows()
    /// How many relationships each node has to itself.
    var loops = PagedVector<UInt32>(default: 0)
    /// How many relationships were created or taken away since the bases were built.
    var pending = 0

    @inline(__always)
    subscript(direction: RowDirection) -> DirectedRows {
        switch direction {
        case .outgoing: outgoing
        case .incoming: incoming
        }
    }

    func degree(of node: NodeIndex, _ direction: GraphDirection) -> Int {
        switch direction {
        case .outgoing: outgoing.degree(of: node)
        case .incoming: incoming.degree(of: node)
        case .either:
            outgoing.degree(of: node) + incoming.degree(of: node) - Int(loops[node.place])
        }
    }

    var byteCount: Int { outgoing.byteCount + incoming.byteCount + loops.byteCount }
}

/// One of the two directions that have rows of their own.
enum RowDirection: Sendable {
    case outgoing
    case incoming
}
