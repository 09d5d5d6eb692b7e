/// The paths that pages go by, with `_id` at their end, as a filter for what is behind a document.
///
/// ```
/// a ascending          a > ?, or a of a later type,
///                      or a == ? and _id > ?, or a == ? and _id of a later type
/// ```
///
/// A comparison finds values of the same type alone, so the types that the order has behind that
/// one are asked for as well: no document is left out because its value has another type. Each
/// alternative begins with equal values and ends with a range, as an index of the paths has it.
struct DocumentKeyset: Sendable {
    let order: [DocumentOrder]
    private let collection: String

    /// The order that was asked for, and behind it the identifier, in the direction of the last.
    ///
    /// - Throws: ``StorageError/Code/invalidArgument`` for an order that has a path twice.
    init(_ wanted: [DocumentOrder], of collection: String) throws(StorageError) {
        var paths: Set<DocumentPath> = []
        for order in wanted {
            guard paths.insert(order.path).inserted else { throw .twiceInOrder(order.path) }
        }
        self.collection = collection
        order =
            paths.contains(.id)
            ? wanted : wanted + [DocumentOrder(.id, wanted.last?.direction ?? .ascending)]
    }

    /// The documents of a filter that are behind the cursor.
    func filter(
        _ filter: DocumentFilter, after cursor: DocumentPageCursor
    ) throws(StorageError) -> DocumentFilter {
        guard cursor.order == fingerprint, cursor.values.count == order.count else {
            throw .foreignCursor
        }
        let behind = behind(cursor.values)
        return filter == .all ? behind : filter && behind
    }

    /// Where a page ends whose last document has these values.
    func cursor(after values: [DocumentValue]) -> DocumentPageCursor {
        DocumentPageCursor(order: fingerprint, values: values)
    }

    /// The values of a document that it is ordered by; null for what it has not.
    ///
    /// - Throws: ``StorageError/Code/invalidArgument`` for an array, which is in an order with one
    ///   of its elements and in a comparison with all of them, and for types that do not compare.
    func values(of document: Document) throws(StorageError) -> [DocumentValue] {
        var values: [DocumentValue] = []
        for order in order {
            let value = try document.value(inOrderAt: order.path)
            guard value.canBeInCursor else { throw .cannotBePagedBy(order.path, value.type) }
            values.append(value)
        }
        return values
    }

    /// What tells this order from others: the collection, the paths, and which way each goes.
    var fingerprint: UInt64 {
        var hash = FNVHash()
        hash.add(text: collection)
        for order in order {
            hash.add(text: order.path.text)
            hash.add(text: order.direction == .descending ? "descending" : "ascending")
        }
        return hash.value
    }

    private func behind(_ values: [DocumentValue]) -> DocumentFilter {
        var alternatives: [DocumentFilter] = []
        var equal: [DocumentFilter] = []
        for (order, value) in zip(order, values) {
            for predicate in value.predicates(behind: order.direction) {
                let further = DocumentFilter.field(order.path, predicate)
                alternatives.append(equal.isEmpty ? further : .every(equal + [further]))
            }
            equal.append(.field(order.path, value.samePlace))
        }
        return .either(alternatives)
    }
}

extension Document {
    fileprivate func value(
        inOrderAt path: DocumentPath
    ) throws(StorageError) -> DocumentValue {
        var found = DocumentValue.document(self)
        for name in path.components {
            guard case .document(let document) = found, let value = document[name] else {
                return .null
            }
            if case .array = value { throw .cannotBePagedBy(path, .array) }
            found = value
        }
        return found
    }
}

extension StorageError {
    fileprivate static func twiceInOrder(_ path: DocumentPath) -> StorageError {
        StorageError(
            code: .invalidArgument, message: "the order has \"\(path)\" twice; leave one out")
    }

    fileprivate static func cannotBePagedBy(
        _ path: DocumentPath, _ type: DocumentValueType
    ) -> StorageError {
        StorageError(
            code: .invalidArgument,
            message: "a document has a value of the type \(type) at \"\(path)\", by which pages "
                + "cannot go; order by another path, or leave such documents out by the filter")
    }
}
