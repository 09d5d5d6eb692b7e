internal import StorageKit

extension DocumentIndex {
    /// The index as `createIndexes` takes it.
    ///
    /// Source: MongoDB's manual, "createIndexes".
    var mongo: Document {
        var index: Document = [
            "key": .document(Document(fields: keys.map(\.mongo))), "name": .string(name),
        ]
        if isUnique { index["unique"] = true }
        if let partialFilter {
            index["partialFilterExpression"] = .document(partialFilter.mongo)
        }
        if let expireAfter {
            index["expireAfterSeconds"] = .int64(expireAfter.components.seconds)
        }
        if isText {
            index["default_language"] = Self.language
            index["language_override"] = Self.languageField
        }
        return index
    }

    /// Reads an index of `listIndexes`; what has no place in the value becomes an other option.
    init?(mongo index: Document) {
        guard case .document(let pattern)? = index["key"], let name = index["name"]?.text else {
            return nil
        }
        var rest = index
        for known in ["v", "key", "name", "ns", "background", "textIndexVersion"] {
            rest[known] = nil
        }
        let isUnique = rest.takes("unique") { $0 == true } ?? false
        let partialFilter: DocumentFilter? = rest.takes("partialFilterExpression") { value in
            if case .document(let filter) = value { DocumentFilter(mongo: filter) } else { nil }
        }
        let seconds = rest.takes("expireAfterSeconds") { $0.wholeNumber }
        var texts: [String] = []
        if case .document(let weights)? = rest["weights"] {
            texts = weights.fields.map(\.name)
            if weights.fields.allSatisfy({ $0.value.wholeNumber == 1 }) { rest["weights"] = nil }
        }
        if rest["default_language"] == Self.language { rest["default_language"] = nil }
        if rest["language_override"] == Self.languageField { rest["language_override"] = nil }
        self.init(
            keys: pattern.fields.flatMap { Self.keys($0, texts) }, name: name, isUnique: isUnique,
            where: partialFilter, expireAfter: seconds.map { .seconds($0) }, otherOptions: rest)
    }

    /// Words are not brought to their stems, and no word is left out.
    private static let language: DocumentValue = "none"
    /// The field by which a document may say its language; this one no program has by accident.
    private static let languageField: DocumentValue = "(language)"

    private static func keys(_ field: DocumentField, _ texts: [String]) -> [DocumentIndexKey] {
        let path = DocumentPath(field.name)
        switch (field.name, field.value) {
        // How the server writes down where the texts of a pattern were.
        case ("_fts", .string("text")): return texts.map { .text(DocumentPath($0)) }
        case ("_ftsx", _): return []
        case (_, .string(let kind)): return [.other(path, kind: kind)]
        default:
            let isDescending =
                (DocumentNumber(field.value)?.compare(to: DocumentNumber(Int64(0))) ?? 1) < 0
            return [.ordered(DocumentOrder(path, isDescending ? .descending : .ascending))]
        }
    }
}

extension DocumentIndexKey {
    fileprivate var mongo: DocumentField {
        switch self {
        case .ordered(let order): DocumentField(order.path.text, order.direction.mongo)
        case .text(let path): DocumentField(path.text, "text")
        case .other(let path, let kind): DocumentField(path.text, .string(kind))
        }
    }
}

extension Document {
    /// Takes a field out if it can be read.
    fileprivate mutating func takes<Value>(
        _ name: String, _ read: (DocumentValue) -> Value?
    ) -> Value? {
        guard let value = self[name].flatMap(read) else { return nil }
        self[name] = nil
        return value
    }
}
