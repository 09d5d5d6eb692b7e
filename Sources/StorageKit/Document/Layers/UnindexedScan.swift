/// A query that looks at every document of a collection because no index has what it asks for.
public struct UnindexedScan: Hashable, Sendable, CustomStringConvertible {
    /// The collection.
    public let collection: String
    /// The paths that its filter asks about, each once; values are not among them.
    public let filterPaths: [DocumentPath]
    /// The order that it asks for.
    public let order: [DocumentOrder]
    /// How the store would find the documents.
    public let plan: DocumentPlan

    init(_ query: DocumentQuery, in collection: String, _ plan: DocumentPlan) {
        self.collection = collection
        var seen: Set<DocumentPath> = []
        filterPaths = query.filter.paths.filter { seen.insert($0).inserted }
        order = query.order
        self.plan = plan
    }

    /// The collection, and what is asked about it; no values.
    public var description: String {
        var text = "no index of \(collection) serves"
        if !filterPaths.isEmpty {
            text += " a filter by \(filterPaths.map(\.text).joined(separator: ", "))"
        }
        if !order.isEmpty {
            let paths = order.map {
                $0.direction == .ascending ? "\($0.path)" : "\($0.path) descending"
            }
            text +=
                "\(filterPaths.isEmpty ? "" : " in") the order of \(paths.joined(separator: ", "))"
        }
        return text
    }
}

extension DocumentFilter {
    fileprivate var paths: [DocumentPath] {
        switch self {
        case .field(let path, _): [path]
        case .every(let filters), .either(let filters), .neither(let filters):
            filters.flatMap(\.paths)
        }
    }
}
