internal import CLibBSON
package import StorageKit

extension BSONBuffer {
    /// The document's `_id`, or `nil` when it has none.
    ///
    /// A look at each field before it; an entity's coding key puts it anywhere.
    package var identifier: DocumentValue? {
        get throws(StorageError) {
            let input = try BSONInput(Self.bytes(of: pointer))
            return try input.element(named: "_id", in: input.whole)
                .map { (element) throws(StorageError) in try input.value(element, depth: 1) }
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
