package import StorageKit

/// Reads entities from bytes that somebody else keeps, where they are.
package enum BSONReading {
    /// Decodes an entity from a lent `bson_t`, which nobody changes meanwhile.
    ///
    /// - Throws: ``StorageError/Code/corrupted`` for bytes that are no BSON,
    ///   ``StorageError/Code/limitExceeded`` for documents that are too deep in each other, and
    ///   ``StorageError/Code/decodingFailed`` for what the entity cannot be read from.
    package static func decode<Entity: Decodable>(
        _ type: Entity.Type, from document: OpaquePointer
    ) throws(StorageError) -> Entity {
        try decode(type, from: BSONBuffer.bytes(of: document), userInfo: [:])
    }

    static func decode<Entity: Decodable>(
        _ type: Entity.Type, from bytes: UnsafeRawBufferPointer,
        userInfo: [CodingUserInfoKey: any Sendable]
    ) throws(StorageError) -> Entity {
        let scope = BSONScope(try BSONInput(bytes), userInfo: userInfo)
        defer { scope.close() }
        do {
            return try scope.decode(type, BSONElement(document: bytes.count), 0)
        } catch { throw StorageError(decoding: error) }
    }
}

extension Document {
    /// Reads a document from a lent `bson_t`, which nobody changes meanwhile.
    ///
    /// - Throws: ``StorageError/Code/corrupted`` or ``StorageError/Code/limitExceeded``.
    package init(reading document: OpaquePointer) throws(StorageError) {
        try self.init(reading: BSONBuffer.bytes(of: document))
    }

    init(reading bytes: UnsafeRawBufferPointer) throws(StorageError) {
        self = try BSONInput(bytes).document(BSONElement(document: bytes.count), depth: 1)
    }
}
