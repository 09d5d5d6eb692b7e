/// Along which relationships of a node one goes.
public enum GraphDirection: Hashable, Sendable, CaseIterable {
    /// Those that begin at the node.
    case outgoing
    /// Those that end at the node.
    case incoming
    /// Both; one from a node to itself counts once.
    case either

    /// The same relationships, seen from their other end.
    public var reversed: GraphDirection {
        switch self {
        case .outgoing: .incoming
        case .incoming: .outgoing
        case .either: .either
        }
    }
}
