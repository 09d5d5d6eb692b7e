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
        guard let element = try input.element(named: name), element.type != BSONElementType.null
        else { return nil }
        let scope = BSONScope(input, userInfo: [:])
        defer { scope.close() }
        do {
            return try scope.decode(type, element, 1)
        } catch { throw StorageError(decoding: error) }
    }
}

extension BSONInput {
    /// The first element of a name in the outermost document, or `nil`.
    func element(named name: String) throws(StorageError) -> BSONElement? {
        var (place, limit) = range(of: BSONElement(document: count))
        while let element = try self.element(at: place, limit: limit) {
            if try self.name(of: element) == name { return element }
            place = element.end
        }
        return nil
    }
}
