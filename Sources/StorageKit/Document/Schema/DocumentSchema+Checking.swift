extension DocumentSchema {
    /// Refuses a schema that can never be right: every store throws the same, and asks nobody.
    ///
    /// - Throws: ``StorageError/Code/invalidArgument`` for a field's name that is empty, has a dot,
    ///   begins with `$` or is there twice, a type or value that is there twice, a bound that is no
    ///   number, a length or count below 0, a pattern that is none, and a collection's schema that
    ///   allows no other fields and has no `_id`.
    package func check() throws(StorageError) {
        guard allowsOtherFields || fields.contains(where: { $0.name == DocumentPath.id.text })
        else {
            throw .invalidDocumentArgument(
                "a schema without other fields has no _id, which every document has; add it")
        }
        try checkRules()
    }

    private func checkRules() throws(StorageError) {
        guard Set(types).count == types.count else {
            throw .invalidDocumentArgument("a schema has a type twice")
        }
        guard Set(values.map { DocumentWorth($0) }).count == values.count else {
            throw .invalidDocumentArgument("a schema has a value twice")
        }
        for bound in [minimum, maximum].compactMap(\.self) { try bound.check() }
        let counts = [
            minimumLength, maximumLength, minimumCount, maximumCount, minimumFields, maximumFields,
        ]
        guard counts.allSatisfy({ $0 ?? 0 >= 0 }) else {
            throw .invalidDocumentArgument("a schema has a length or a count below 0")
        }
        if let pattern { _ = try DocumentPattern(DocumentRegularExpression(pattern)) }
        try items?.checkRules()
        try checkFields()
    }

    private func checkFields() throws(StorageError) {
        var names: Set<[UInt8]> = []
        for field in fields {
            let name = field.name
            guard !name.isEmpty, !name.utf8.contains(0), !name.contains("."), !name.hasPrefix("$")
            else {
                throw .invalidDocumentArgument(
                    "a schema has a field's name that is empty, begins with $, or has a dot or NUL")
            }
            guard names.insert(Array(name.utf8)).inserted else {
                throw .invalidDocumentArgument("a schema has the field \"\(name)\" twice")
            }
            try field.schema.checkRules()
        }
    }
}

extension DocumentSchema.Bound {
    fileprivate func check() throws(StorageError) {
        guard let number = DocumentNumber(value), number.compare(to: DocumentNumber(.nan)) != 0
        else { throw .invalidDocumentArgument("a bound of a schema is no number") }
    }
}
