internal import CLibBSON
package import StorageKit

extension BSONBuffer {
    /// The document's `_id`, or `nil` when it has none.
    ///
    /// A look at each field before it; an entity's coding key puts it anywhere.
    package var identifier: DocumentValue? {
        get throws(StorageError) {
            var iterator = bson_iter_t()
            guard bson_iter_init_find(&iterator, pointer, DocumentPath.id.text) else { return nil }
            let single = BSONBuffer()
            guard bson_append_iter(single.pointer, nil, 0, &iterator) else {
                throw StorageError(
                    code: .limitExceeded, message: "the identifier is too large for a document")
            }
            return try Document(reading: single.pointer).fields.first?.value
        }
    }

    /// The same document with an identifier in front of its fields.
    package func identified(by id: ObjectID) throws(StorageError) -> BSONBuffer {
        let whole = try BSONBuffer([DocumentPath.id.text: .objectID(id)] as Document)
        guard bson_concat(whole.pointer, pointer) else {
            throw StorageError(
                code: .limitExceeded, message: "the document is too large for an identifier")
        }
        return whole
    }
}
