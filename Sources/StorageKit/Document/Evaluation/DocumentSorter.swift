/// Orders documents as MongoDB does: by the least of the keys that a document has in the order.
///
/// A path through an array gives a key for each element; paths through the same array are taken
/// together, element by element. An empty array stands before null.
package struct DocumentSorter: Sendable {
    private let order: [DocumentOrder]
    private let fields: [DocumentSortField]

    /// Makes an order ready.
    package init(_ order: [DocumentOrder]) {
        self.order = order
        fields = order.map { DocumentSortField(DocumentSteps($0.path).steps[...]) }
    }

    /// The documents in their order; those that are equal in it stay as they are.
    ///
    /// - Throws: `invalidArgument` when a document has two different arrays in the order.
    package func sorted(_ documents: [Document]) throws(StorageError) -> [Document] {
        guard !order.isEmpty else { return documents }
        var keyed: [(place: Int, key: [DocumentValue])] = []
        for (place, document) in documents.enumerated() {
            keyed.append((place, try key(of: document)))
        }
        keyed.sort { left, right in
            let order = compare(left.key, right.key)
            return order == 0 ? left.place < right.place : order < 0
        }
        return keyed.map { documents[$0.place] }
    }

    /// By what a document is ordered.
    package func key(of document: Document) throws(StorageError) -> [DocumentValue] {
        try keys(of: document).min { compare($0, $1) < 0 } ?? []
    }

    /// All keys of a document, as an index has them; the same one may be there twice.
    package func keys(of document: Document) throws(StorageError) -> [[DocumentValue]] {
        var keys: [[DocumentValue]] = []
        try DocumentSortField.collect(fields, in: document, into: &keys)
        return keys
    }

    /// Which of two keys comes first.
    package func compare(_ left: [DocumentValue], _ right: [DocumentValue]) -> Int {
        for (place, order) in order.enumerated() {
            let result = left[place].compared(to: right[place])
            if result != 0 { return order.direction == .ascending ? result : -result }
        }
        return 0
    }
}

/// A path of an order, on its way through a document.
private struct DocumentSortField: Sendable {
    /// The value, when the path has come to its end.
    var value: DocumentValue?
    var rest: ArraySlice<DocumentSteps.Step>
    /// The names that were gone, by which two paths know the same array.
    var gone: [String] = []
    /// The array that the path has come to.
    var array: [DocumentValue]?

    init(_ steps: ArraySlice<DocumentSteps.Step>) { rest = steps }

    /// Whether it goes on at a place of the array that it has come to.
    private var place: Int? {
        guard let array, let index = rest.first?.index, array.indices.contains(index) else {
            return nil
        }
        return index
    }

    /// Goes on until the end, or to the next array.
    private mutating func advance(from start: DocumentValue) {
        array = nil
        var current = start
        while let step = rest.first {
            switch current {
            case .document(let inner):
                guard let place = inner.place(of: step.name) else {
                    value = .null
                    return
                }
                current = inner.fields[place].value
            case .array(let values):
                array = values
                return
            default:
                value = .null
                return
            }
            gone.append(step.name)
            rest = rest.dropFirst()
        }
        if case .array(let values) = current { array = values } else { value = current }
    }

    /// Goes on in an element of the array, or at the place that the path names.
    ///
    /// - Throws: When that name is also one in a document that is in the array.
    private mutating func advance(in element: DocumentValue) throws(StorageError) {
        guard let place, let array, let step = rest.first else {
            if rest.isEmpty { value = element } else { advance(from: element.asDocument) }
            return
        }
        try Self.checkIsPlace(step.name, in: array)
        gone.append(step.name)
        rest = rest.dropFirst()
        // An element that is named by its place is not gone through itself.
        if rest.isEmpty { value = array[place] } else { advance(from: array[place]) }
    }

    private static func checkIsPlace(
        _ name: String, in values: [DocumentValue]
    ) throws(StorageError) {
        let isName = values.contains {
            if case .document(let inner) = $0 { inner.place(of: name) != nil } else { false }
        }
        guard isName else { return }
        throw StorageError(
            code: .constraintViolation,
            message:
                "an array has an element at a place, and documents with that number as a name; "
                + "use other names")
    }

    /// Collects the keys of a document.
    static func collect(
        _ fields: [DocumentSortField], in document: Document, into keys: inout [[DocumentValue]]
    ) throws(StorageError) {
        var fields = fields
        for place in fields.indices { fields[place].advance(from: .document(document)) }
        try collect(fields, into: &keys)
    }

    /// Collects the keys of fields that have all come to a value or an array.
    private static func collect(
        _ fields: [DocumentSortField], into keys: inout [[DocumentValue]]
    ) throws(StorageError) {
        var fields = fields
        let open = fields.indices.filter { fields[$0].value == nil }
        guard let first = open.first, let values = fields[first].array else {
            keys.append(fields.map { $0.value ?? .null })
            return
        }
        guard open.allSatisfy({ fields[$0].gone == fields[first].gone }) else {
            throw .invalidDocumentArgument(
                "a document has two different arrays in the order; order by one of them")
        }
        guard !values.isEmpty else {
            for place in open {
                fields[place].value = fields[place].rest.isEmpty ? .undefined : .null
            }
            keys.append(fields.map { $0.value ?? .null })
            return
        }
        // What goes on at places alone is the same for each element.
        let isOfPlaces = open.allSatisfy { fields[$0].place != nil }
        for element in values.prefix(isOfPlaces ? 1 : values.count) {
            var inner = fields
            for place in open { try inner[place].advance(in: element) }
            try collect(inner, into: &keys)
        }
    }
}

extension DocumentValue {
    /// The value if it is a document; an empty one for what has no fields.
    fileprivate var asDocument: DocumentValue {
        if case .document = self { self } else { .document(Document()) }
    }
}
