/// One field of a ``DocumentIndex``, and how the index has it.
public enum DocumentIndexKey: Hashable, Sendable {
    /// By its values, in an order.
    case ordered(DocumentOrder)
    /// By the words of its texts.
    case text(DocumentPath)
    /// In a way that this package does not make, by the server's name for it, as it was read.
    case other(DocumentPath, kind: String)

    /// The field.
    public var path: DocumentPath {
        switch self {
        case .ordered(let order): order.path
        case .text(let path), .other(let path, _): path
        }
    }
}

extension DocumentIndexKey: CustomStringConvertible {
    /// The path, and what is other than ascending.
    public var description: String {
        switch self {
        case .ordered(let order):
            order.direction == .ascending ? "\(order.path)" : "\(order.path) descending"
        case .text(let path): "\(path) text"
        case .other(let path, let kind): "\(path) \(kind)"
        }
    }
}
