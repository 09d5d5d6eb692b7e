/// A group stage, made ready.
struct DocumentGrouper {
    private let key: DocumentComputation
    private let fields: [(name: String, tally: DocumentTally, value: DocumentComputation)]

    /// Makes a group stage ready that was checked.
    init(
        by key: DocumentExpression, _ fields: DocumentFields<DocumentAccumulator>
    ) throws(StorageError) {
        self.key = try DocumentComputation(key)
        var parts: [(String, DocumentTally, DocumentComputation)] = []
        for field in fields.elements {
            switch field.value {
            case .count:
                parts.append((field.name.text, DocumentTally(.sum), .constant(.int32(1))))
            case .of(let accumulation, let value):
                parts.append(
                    (field.name.text, DocumentTally(accumulation), try DocumentComputation(value)))
            }
        }
        self.fields = parts
    }

    /// The groups, in the order in which their values are met.
    ///
    /// - Parameter place: What group a value belongs to; `nil` for none, which throws.
    func callAsFunction(
        _ documents: [Document],
        place: (DocumentValue) throws(StorageError) -> DocumentValue = { $0 }
    ) throws(StorageError) -> [Document] {
        var places: [DocumentWorth: Int] = [:]
        var groups: [(key: DocumentValue, tallies: [DocumentTally])] = []
        for document in documents {
            let scope = DocumentScope(document)
            let value = try place(key.value(of: scope) ?? .null)
            let index = places[DocumentWorth(value)] ?? groups.count
            if index == groups.count {
                places[DocumentWorth(value)] = index
                groups.append((value, fields.map(\.tally)))
            }
            for (number, field) in fields.enumerated() {
                groups[index].tallies[number].add(try field.value.value(of: scope))
            }
        }
        return groups.map { group in
            var document: Document = ["_id": group.key]
            for (field, tally) in zip(fields, group.tallies) {
                document.fields.append(DocumentField(field.name, tally.value))
            }
            return document
        }
    }
}

/// A bucket stage, made ready.
struct DocumentBuckets {
    private let grouper: DocumentGrouper
    private let boundaries: [DocumentValue]
    private let other: DocumentValue?

    /// Makes a bucket stage ready that was checked.
    init(_ bucket: DocumentBucket) throws(StorageError) {
        grouper = try DocumentGrouper(by: bucket.key, bucket.output)
        boundaries = bucket.boundaries
        other = bucket.default
    }

    /// The intervals in which documents are, in their order.
    func callAsFunction(_ documents: [Document]) throws(StorageError) -> [Document] {
        let found = try grouper(documents) { (value) throws(StorageError) in
            guard let lower = lowerBoundary(of: value) ?? other else {
                throw .expressionDoesNotFit("a value is in no interval")
            }
            return lower
        }
        return try DocumentSorter([DocumentOrder(.id)]).sorted(found)
    }

    /// The boundary at which a value's interval begins, found by halving.
    private func lowerBoundary(of value: DocumentValue) -> DocumentValue? {
        var (low, high) = (0, boundaries.count)
        while low < high {
            let middle = (low + high) / 2
            if boundaries[middle].compared(to: value) <= 0 { low = middle + 1 } else {
                high = middle
            }
        }
        return low == 0 || low == boundaries.count ? nil : boundaries[low - 1]
    }
}
