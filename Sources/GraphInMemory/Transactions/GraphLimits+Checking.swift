internal import StorageKit

extension GraphLimits {
    /// How deep lists may be in each other.
    static let maximumListDepth = 64

    /// Refuses a batch that is too large.
    func check(batchOf count: Int) throws(StorageError) {
        guard count <= maximumBatchSize else {
            throw StorageError(
                code: .limitExceeded,
                message: "a call has \(count) items and takes \(maximumBatchSize); use several")
        }
    }

    /// Refuses a page of no length, and one that is too long.
    func check(page limit: Int) throws(StorageError) {
        guard limit > 0 else {
            throw StorageError(code: .invalidArgument, message: "a page has at least one item")
        }
        guard limit <= maximumPageSize else {
            throw StorageError(
                code: .limitExceeded,
                message: "a page of \(limit) was asked for and has \(maximumPageSize) at the most")
        }
    }

    /// Refuses what cannot be the name of a label, a type or a property.
    func check(name: String, of kind: StaticString) throws(StorageError) {
        guard !name.isEmpty else {
            throw StorageError(code: .invalidArgument, message: "the name of a \(kind) is empty")
        }
        guard name.utf8.count <= maximumNameBytes else {
            throw StorageError(
                code: .limitExceeded,
                message: "the name of a \(kind) has more than \(maximumNameBytes) bytes")
        }
    }

    /// Refuses labels with names that cannot be.
    func check(_ labels: Set<GraphLabel>) throws(StorageError) {
        for label in labels { try check(name: label.name, of: "label") }
    }

    /// Refuses properties with names or values that cannot be.
    func check(_ properties: [PropertyKey: GraphValue]) throws(StorageError) {
        for (key, value) in properties { try check(key, value) }
    }

    /// Refuses properties with names or values that cannot be.
    func check(_ properties: [PropertyKey: GraphValue?]) throws(StorageError) {
        for (key, value) in properties { try check(key, value) }
    }

    private func check(_ key: PropertyKey, _ value: GraphValue?) throws(StorageError) {
        try check(name: key.name, of: "property")
        guard let value, try value.byteCount(depth: 0) > maximumValueBytes else { return }
        throw StorageError(
            code: .limitExceeded,
            message: "the value of \(key) has more than \(maximumValueBytes) bytes")
    }
}

extension GraphValue {
    /// How large it is: texts in UTF-8, numbers 8 bytes, of lists the sum.
    fileprivate func byteCount(depth: Int) throws(StorageError) -> Int {
        switch self {
        case .bool: return 1
        case .integer, .double: return 8
        case .string(let text): return text.utf8.count
        case .bytes(let bytes): return bytes.count
        case .list(let values):
            guard depth < GraphLimits.maximumListDepth else {
                throw StorageError(
                    code: .limitExceeded,
                    message: "lists are more than \(GraphLimits.maximumListDepth) deep")
            }
            var sum = 0
            for value in values { sum += try value.byteCount(depth: depth + 1) }
            return sum
        }
    }
}
