internal import StorageKit

extension DocumentFilter {
    /// The filter as MongoDB's query language writes it.
    ///
    /// Source: MongoDB's manual, "Query and Projection Operators".
    var mongo: Document {
        switch self {
        case .field(let path, let predicate):
            [path.text: .document(predicate.mongo)]
        case .every(let filters):
            // `$and` wants at least one; without any, every document is meant.
            filters.isEmpty ? [:] : ["$and": .array(filters.map { .document($0.mongo) })]
        case .either(let filters):
            filters.isEmpty ? Self.nothing : ["$or": .array(filters.map { .document($0.mongo) })]
        case .neither(let filters):
            filters.isEmpty ? [:] : ["$nor": .array(filters.map { .document($0.mongo) })]
        }
    }

    /// A filter that no document matches, and for which none is read.
    private static let nothing: Document = ["$alwaysFalse": 1]
}

extension DocumentPredicate {
    /// The predicate as operators of MongoDB's query language.
    var mongo: Document {
        switch self {
        case .equal(let value): ["$eq": value]
        // `$ne` takes no pattern.
        case .notEqual(let value): ["$not": ["$eq": value]]
        case .less(let value): ["$lt": value]
        case .lessOrEqual(let value): ["$lte": value]
        case .greater(let value): ["$gt": value]
        case .greaterOrEqual(let value): ["$gte": value]
        case .oneOf(let values): ["$in": .array(values)]
        case .noneOf(let values): ["$nin": .array(values)]
        case .exists(let isThere): ["$exists": .bool(isThere)]
        case .type([]): Self.never
        case .type(let types): ["$type": .array(types.map { .int32(Int32($0.rawValue)) })]
        case .matches(let pattern): ["$regex": .regularExpression(pattern.mongo)]
        case .remainder(let remainder, let divisor):
            ["$mod": [.int64(divisor), .int64(remainder)]]
        case .containsAll(let values): ["$all": .array(values)]
        case .count(let count): ["$size": .int64(Int64(count))]
        case .someElement(let filter): ["$elemMatch": .document(filter.mongo)]
        case .someValue(let predicates):
            ["$elemMatch": .document(Self.conjunction(predicates))]
        case .both(let predicates): Self.conjunction(predicates)
        case .not(let predicate): ["$not": .document(predicate.mongo)]
        }
    }

    private static let always: Document = ["$nin": []]
    private static let never: Document = ["$in": []]

    /// Several predicates of the same value: their operators beside each other.
    ///
    /// One operator may be there twice. The server reads a document of operators from the first to
    /// the last and asks for all of them.
    private static func conjunction(_ predicates: [DocumentPredicate]) -> Document {
        // A document without operators would be one to be equal to.
        guard !predicates.isEmpty else { return always }
        let fields = predicates.flatMap(\.mongo.fields)
        guard fields.count(where: { $0.name == "$regex" }) > 1 else {
            return Document(fields: fields)
        }
        // Of several `$regex`, the server would take the options of one for all.
        return Document(
            fields: fields.map { field in
                field.name == "$regex" ? DocumentField("$in", [field.value]) : field
            })
    }
}

extension DocumentRegularExpression {
    /// The server puts a bracket behind the pattern, which must not be in a comment.
    fileprivate var mongo: DocumentRegularExpression {
        guard options.contains("x") else { return self }
        return DocumentRegularExpression(pattern + "\n", options: options)
    }
}
