/// What queries have in common that differ in their values alone: whether an index serves one, it
/// serves the others.
///
/// Of values, what is yes, no or null is kept: a partial index may be of documents with one of
/// these.
struct DocumentQueryShape: Hashable, Sendable {
    let collection: String
    private let filter: DocumentFilter
    private let order: [DocumentOrder]

    init(_ query: DocumentQuery, in collection: String) {
        self.collection = collection
        filter = query.filter.shape
        order = query.order
    }
}

extension DocumentFilter {
    /// Whether nobody need ask for an index: the filter names identifiers, or asks for all
    /// documents or for none.
    var needsNoIndex: Bool {
        switch self {
        case .field(.id, .equal), .field(.id, .oneOf): true
        case .field: false
        case .every(let filters):
            filters.allSatisfy(\.isAll) || filters.contains { !$0.isAll && $0.needsNoIndex }
        case .either(let filters): filters.isEmpty
        case .neither: isAll
        }
    }

    /// Whether it says nothing.
    var isAll: Bool {
        switch self {
        case .every(let filters): filters.allSatisfy(\.isAll)
        case .neither(let filters): filters.isEmpty
        case .field, .either: false
        }
    }

    fileprivate var shape: DocumentFilter {
        switch self {
        case .field(let path, let predicate): .field(path, predicate.shape)
        case .every(let filters): .every(filters.map(\.shape))
        case .either(let filters): .either(filters.map(\.shape))
        case .neither(let filters): .neither(filters.map(\.shape))
        }
    }
}

extension DocumentPredicate {
    fileprivate var shape: DocumentPredicate {
        switch self {
        case .equal(let value): .equal(value.shape)
        case .notEqual(let value): .notEqual(value.shape)
        case .less(let value): .less(value.shape)
        case .lessOrEqual(let value): .lessOrEqual(value.shape)
        case .greater(let value): .greater(value.shape)
        case .greaterOrEqual(let value): .greaterOrEqual(value.shape)
        case .oneOf: .oneOf([])
        case .noneOf: .noneOf([])
        case .exists, .type: self
        case .matches: .matches(DocumentRegularExpression(""))
        case .remainder: .remainder(0, dividedBy: 1)
        case .containsAll: .containsAll([])
        case .count: .count(0)
        case .someElement(let filter): .someElement(filter.shape)
        case .someValue(let predicates): .someValue(predicates.map(\.shape))
        case .both(let predicates): .both(predicates.map(\.shape))
        case .not(let predicate): .not(predicate.shape)
        }
    }
}

extension DocumentValue {
    fileprivate var shape: DocumentValue {
        switch self {
        case .bool, .null: self
        default: .undefined
        }
    }
}
