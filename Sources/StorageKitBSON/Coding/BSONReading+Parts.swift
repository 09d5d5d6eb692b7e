package import StorageKit

extension BSONReading {
    /// How many bytes a lent `bson_t` has.
    package static func count(of document: OpaquePointer) -> Int {
        BSONBuffer.bytes(of: document).count
    }

    /// Decodes an entity from a field of a lent `bson_t`; `nil` when the field is null or missing.
    ///
    /// - Throws: As ``decode(_:from:)``.
    package static func decode<Entity: Decodable>(
        _ type: Entity.Type, of name: String, from document: OpaquePointer
    ) throws(StorageError) -> Entity? {
        let input = try BSONInput(BSONBuffer.bytes(of: document))
        guard let element = try input.element(named: name, in: input.whole),
            element.type != BSONElementType.null
        else { return nil }
        return try decode(type, from: element, of: input)
    }

    /// Decodes the first document of `cursor.firstBatch` from a lent `bson_t`, MongoDB's answer to
    /// a command that finds; `nil` when there is none.
    ///
    /// - Throws: As ``decode(_:from:)``.
    package static func decodeFirst<Entity: Decodable>(
        _ type: Entity.Type, ofBatchIn reply: OpaquePointer
    ) throws(StorageError) -> Entity? {
        let input = try BSONInput(BSONBuffer.bytes(of: reply))
        guard
            let cursor = try input.element(named: "cursor", in: input.whole),
            cursor.type == BSONElementType.document,
            let batch = try input.element(named: "firstBatch", in: cursor),
            batch.type == BSONElementType.array
        else { throw BSONInput.damaged("an answer has no batch") }
        let (place, limit) = input.range(of: batch)
        guard let first = try input.element(at: place, limit: limit) else { return nil }
        return try decode(type, from: first, of: input)
    }

    private static func decode<Entity: Decodable>(
        _ type: Entity.Type, from element: BSONElement, of input: BSONInput
    ) throws(StorageError) -> Entity {
        let scope = BSONScope(input, userInfo: [:])
        defer { scope.close() }
        do { return try scope.decode(type, element, 1) } catch {
            throw StorageError(decoding: error)
        }
    }
}

extension BSONInput {
    /// The outermost document.
    var whole: BSONElement { BSONElement(document: count) }

    /// The first element of a name in a document, or `nil`.
    func element(
        named name: String, in document: BSONElement
    ) throws(StorageError) -> BSONElement? {
        var (place, limit) = range(of: document)
        while let element = try self.element(at: place, limit: limit) {
            if try self.name(of: element) == name { return element }
            place = element.end
        }
        return nil
    }
}
