package import StorageKit

extension BSONBuffer {
    /// Encodes a document.
    ///
    /// - Throws: ``StorageError/Code/encodingFailed`` for a name or pattern with a zero in it,
    ///   ``StorageError/Code/limitExceeded`` for documents that are too deep or too large.
    package convenience init(_ document: Document) throws(StorageError) {
        self.init(adopting: try BSONWriter.output(of: document))
    }

    /// Encodes an entity.
    ///
    /// - Throws: As for a document; ``StorageError/Code/encodingFailed`` too when the entity is no
    ///   document or has a value that BSON cannot hold.
    package convenience init(encoding entity: some Encodable) throws(StorageError) {
        self.init(adopting: try BSONWriter.output(of: entity))
    }
}

extension BSONWriter {
    /// The bytes of a document.
    static func output(of document: Document) throws(StorageError) -> BSONOutput {
        let writer = BSONWriter()
        try writer.put(document, at: -1)
        return writer.output
    }

    /// The bytes of an entity.
    static func output(
        of entity: some Encodable, userInfo: [CodingUserInfoKey: any Sendable] = [:]
    ) throws(StorageError) -> BSONOutput {
        let writer = BSONWriter(userInfo: userInfo)
        do {
            if try !writer.putKnown(entity, at: -1) { try writer.encode(entity, at: -1) }
        } catch { throw StorageError(encoding: error) }
        guard writer.rootType == BSONElementType.document else {
            throw StorageError(
                code: .encodingFailed,
                message: """
                    the outermost value is \(BSONElementType.name(writer.rootType)), not a document
                    """)
        }
        return writer.output
    }
}
