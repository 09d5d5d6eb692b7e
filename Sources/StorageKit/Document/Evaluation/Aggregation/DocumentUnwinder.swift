/// An unwind stage, made ready.
struct DocumentUnwinder {
    private let names: [String]
    private let indexNames: [String]?
    private let keepsEmpty: Bool

    init(_ unwind: DocumentUnwind) {
        names = unwind.path.components
        indexNames = unwind.includeArrayIndex?.components
        keepsEmpty = unwind.preserveNullAndEmptyArrays
    }

    /// A document for each element.
    func callAsFunction(_ document: Document) -> [Document] {
        let value = document.nested(names[...])
        switch value {
        case .array(let elements)? where !elements.isEmpty:
            return elements.enumerated().map { place, element in
                var result = document
                result.setNested(element, names[...])
                return indexed(result, .int64(Int64(place)))
            }
        case .array?:
            guard keepsEmpty else { return [] }
            var result = document
            // What has the index in it stays where it stands.
            if indexNames?.starts(with: names) != true { result.setNested(nil, names[...]) }
            return [indexed(result, .null)]
        default:
            return value.isNothing && !keepsEmpty ? [] : [indexed(document, .null)]
        }
    }

    private func indexed(_ document: Document, _ place: DocumentValue) -> Document {
        guard let indexNames else { return document }
        var document = document
        document.setNested(place, indexNames[...])
        return document
    }
}

extension Document {
    /// The value at a path that leads through documents alone.
    func nested(_ names: ArraySlice<String>) -> DocumentValue? {
        guard let name = names.first, let value = self[name] else { return nil }
        let rest = names.dropFirst()
        guard !rest.isEmpty else { return value }
        guard case .document(let inner) = value else { return nil }
        return inner.nested(rest)
    }

    /// Puts a value at a path; what is on the way and no document becomes one.
    mutating func setNested(_ value: DocumentValue?, _ names: ArraySlice<String>) {
        guard let name = names.first else { return }
        let rest = names.dropFirst()
        guard !rest.isEmpty else {
            self[name] = value
            return
        }
        var inner = Document()
        if case .document(let found)? = self[name] { inner = found }
        inner.setNested(value, rest)
        self[name] = .document(inner)
    }
}
