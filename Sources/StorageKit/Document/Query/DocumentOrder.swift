/// By which field documents are ordered, and in which direction.
///
/// Values of different types come in the order of their types: missing and null, numbers, texts,
/// documents, arrays, bytes, identifiers, booleans, dates, timestamps, patterns. An array stands
/// where its least element does, in a descending order where its greatest does.
///
/// Source: MongoDB's manual, "Comparison/Sort Order".
public struct DocumentOrder: Hashable, Sendable {
    /// The field.
    public var path: DocumentPath
    /// In which direction.
    public var direction: SortOrder

    /// Creates an order.
    public init(_ path: DocumentPath, _ direction: SortOrder = .ascending) {
        self.path = path
        self.direction = direction
    }
}

extension Field {
    /// The least value first.
    public var ascending: DocumentOrder { DocumentOrder(path, .ascending) }

    /// The greatest value first.
    public var descending: DocumentOrder { DocumentOrder(path, .descending) }
}
