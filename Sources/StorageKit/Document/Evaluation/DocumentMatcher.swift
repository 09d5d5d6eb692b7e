/// A filter, checked and made ready to be asked of many documents.
///
/// Source: MongoDB's manual, "Query and Projection Operators", and the server's behaviour where
/// that is silent.
package struct DocumentMatcher {
    private let node: DocumentMatchNode

    /// Makes a filter ready.
    ///
    /// - Throws: `invalidArgument` when the filter can never be right.
    package init(_ filter: DocumentFilter) throws(StorageError) {
        try filter.check()
        node = try DocumentMatchNode(filter)
    }

    /// Whether the filter matches a document.
    package func matches(_ document: Document) -> Bool {
        var place: Int?
        return node.matches(document, &place)
    }

    /// Whether the filter matches a document, and the place in an array by which it did: what `$`
    /// in an update's path means.
    package func match(_ document: Document) -> (isMatch: Bool, place: Int?) {
        var place: Int?
        let isMatch = node.matches(document, &place)
        return (isMatch, place)
    }

    /// Whether the filter, whose paths begin in the element, matches it: a document, or an array
    /// as one with its places as names.
    func matches(element: DocumentValue) -> Bool { node.matches(element: element) }
}

/// A part of a filter.
indirect enum DocumentMatchNode {
    case field([DocumentSteps.Step], DocumentMatchTest)
    case every([DocumentMatchNode])
    case either([DocumentMatchNode])
    case neither([DocumentMatchNode])

    init(_ filter: DocumentFilter) throws(StorageError) {
        switch filter {
        case .field(let path, let predicate):
            self = .field(DocumentSteps(path).steps, try DocumentMatchTest(predicate))
        case .every(let filters): self = .every(try Self.nodes(filters))
        case .either(let filters): self = .either(try Self.nodes(filters))
        case .neither(let filters): self = .neither(try Self.nodes(filters))
        }
    }

    private static func nodes(
        _ filters: [DocumentFilter]
    ) throws(StorageError) -> [DocumentMatchNode] {
        var nodes: [DocumentMatchNode] = []
        for filter in filters { nodes.append(try DocumentMatchNode(filter)) }
        return nodes
    }

    /// The place is that of the last part that has one; alternatives and negations have none.
    func matches(_ document: Document, _ place: inout Int?) -> Bool {
        var unused: Int?
        switch self {
        case .field(let steps, let test): return test.matches(document, steps[...], &place)
        case .every(let nodes):
            for node in nodes where !node.matches(document, &place) { return false }
            return true
        case .either(let nodes):
            if nodes.count == 1 { return nodes[0].matches(document, &place) }
            return nodes.contains { $0.matches(document, &unused) }
        case .neither(let nodes):
            return !nodes.contains { $0.matches(document, &unused) }
        }
    }

    func matches(element: DocumentValue) -> Bool {
        var unused: Int?
        switch element {
        case .document(let document): return matches(document, &unused)
        case .array(let values):
            let fields = values.enumerated().map { DocumentField("\($0.offset)", $0.element) }
            return matches(Document(fields: fields), &unused)
        default: return false
        }
    }
}
