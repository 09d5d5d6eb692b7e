internal import StorageKit

extension DocumentFilter {
    /// Reads the filter of a partial index, or gives `nil` for what an index made here never has.
    init?(mongo filter: Document) {
        let parts = filter.fields.map(Self.part)
        guard parts.allSatisfy({ $0 != nil }) else { return nil }
        let filters = parts.compactMap(\.self)
        self = filters.count == 1 ? filters[0] : .every(filters)
    }

    private static func part(_ field: DocumentField) -> DocumentFilter? {
        switch field.name {
        case "$and": filters(field.value).map { .every($0) }
        case "$or": filters(field.value).map { .either($0) }
        case let name where name.hasPrefix("$"): nil
        default: predicate(field.value).map { .field(DocumentPath(field.name), $0) }
        }
    }

    private static func filters(_ value: DocumentValue) -> [DocumentFilter]? {
        guard case .array(let values) = value else { return nil }
        let filters = values.compactMap { value -> DocumentFilter? in
            if case .document(let filter) = value { DocumentFilter(mongo: filter) } else { nil }
        }
        return filters.count == values.count ? filters : nil
    }

    private static func predicate(_ value: DocumentValue) -> DocumentPredicate? {
        guard case .document(let operators) = value,
            operators.fields.first?.name.hasPrefix("$") == true
        else {
            // A pattern is searched for, which a partial index cannot do.
            if case .regularExpression = value { return nil }
            return .equal(value)
        }
        let predicates = operators.fields.compactMap(predicate)
        guard predicates.count == operators.count else { return nil }
        return predicates.count == 1 ? predicates[0] : .both(predicates)
    }

    private static func predicate(_ field: DocumentField) -> DocumentPredicate? {
        switch (field.name, field.value) {
        case ("$eq", let value): .equal(value)
        case ("$lt", let value): .less(value)
        case ("$lte", let value): .lessOrEqual(value)
        case ("$gt", let value): .greater(value)
        case ("$gte", let value): .greaterOrEqual(value)
        case ("$in", .array(let values)): .oneOf(values)
        case ("$all", .array(let values)): .containsAll(values)
        case ("$exists", .bool(true)): .exists(true)
        case ("$type", .array(let values)): types(values)
        default: nil
        }
    }

    private static func types(_ values: [DocumentValue]) -> DocumentPredicate? {
        let types = values.compactMap { value in
            value.wholeNumber.flatMap { Int8(exactly: $0) }.flatMap(DocumentValueType.init)
        }
        return types.count == values.count ? .type(types) : nil
    }
}
