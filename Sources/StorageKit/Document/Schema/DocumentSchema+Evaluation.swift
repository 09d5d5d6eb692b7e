extension DocumentSchema {
    /// Whether a document is as the schema says.
    ///
    /// - Throws: `invalidArgument` when a pattern is none.
    package func allows(_ document: Document) throws(StorageError) -> Bool {
        try allows(.document(document))
    }

    private func allows(_ value: DocumentValue) throws(StorageError) -> Bool {
        guard types.isEmpty || types.contains(value.type),
            values.isEmpty || values.contains(where: { $0.isEqual(to: value) })
        else { return false }
        switch value {
        case .int32, .int64, .double, .decimal128: return allows(number: value)
        case .string(let text): return try allows(text: text)
        case .array(let elements): return try allows(elements: elements)
        case .document(let document): return try allows(fieldsOf: document)
        default: return true
        }
    }

    private func allows(number: DocumentValue) -> Bool {
        guard minimum != nil || maximum != nil else { return true }
        // NaN is neither less nor greater.
        guard !number.isEqual(to: .double(.nan)) else { return false }
        if let minimum {
            let order = number.compared(to: minimum.value)
            guard order > 0 || order == 0 && minimum.isIncluded else { return false }
        }
        if let maximum {
            let order = number.compared(to: maximum.value)
            guard order < 0 || order == 0 && maximum.isIncluded else { return false }
        }
        return true
    }

    private func allows(text: String) throws(StorageError) -> Bool {
        let length = text.unicodeScalars.count
        guard length >= minimumLength ?? 0, length <= maximumLength ?? .max else { return false }
        guard let pattern else { return true }
        return try DocumentPattern(DocumentRegularExpression(pattern)).matches(.string(text))
    }

    private func allows(elements: [DocumentValue]) throws(StorageError) -> Bool {
        guard elements.count >= minimumCount ?? 0, elements.count <= maximumCount ?? .max else {
            return false
        }
        if hasUniqueItems, Set(elements.map { DocumentWorth($0) }).count < elements.count {
            return false
        }
        guard let items else { return true }
        for element in elements {
            guard try items.allows(element) else { return false }
        }
        return true
    }

    private func allows(fieldsOf document: Document) throws(StorageError) -> Bool {
        let count = document.count
        guard count >= minimumFields ?? 0, count <= maximumFields ?? .max else { return false }
        for field in fields {
            guard let value = document[field.name] else {
                if field.isRequired { return false }
                continue
            }
            guard try field.schema.allows(value) else { return false }
        }
        guard !allowsOtherFields else { return true }
        return document.fields.allSatisfy { field in
            fields.contains { $0.name.hasSameBytes(as: field.name) }
        }
    }
}
