/// Encodes entities as ``Document``s.
///
/// ```swift
/// let document = try DocumentEncoder().encode(user)
/// let same = try DocumentDecoder().decode(User.self, from: document)
/// ```
///
/// What becomes of what is as in BSON: `Int` and wider are 64-bit integers, narrower ones 32-bit,
/// whatever their value; `Date` is a date in milliseconds, `UUID` and `Data` are binary, `Decimal`
/// is a decimal, and ``Document`` and what is in it are themselves, at any place in an entity.
public struct DocumentEncoder: Sendable {
    /// What types find in their encoder.
    public var userInfo: [CodingUserInfoKey: any Sendable]

    /// Creates an encoder.
    public init(userInfo: [CodingUserInfoKey: any Sendable] = [:]) { self.userInfo = userInfo }

    /// Encodes an entity that is a document.
    ///
    /// - Throws: ``StorageError/Code/encodingFailed`` when the outermost value is no document, for
    ///   a value that BSON cannot hold (an unsigned number beyond 64-bit integers, a `Decimal` of
    ///   more than 34 digits, a NUL in a name), and for what the entity throws itself. The message
    ///   has the field's path.
    public func encode<Entity: Encodable>(_ entity: Entity) throws(StorageError) -> Document {
        if let document = entity as? Document { return document }
        guard case .document(let document) = try value(of: entity) else {
            throw StorageError.documentEncoding("an entity is a document, with named fields", [])
        }
        return document
    }

    /// Encodes what stands in a document: an entity, or any other value.
    ///
    /// - Throws: ``StorageError/Code/encodingFailed`` for what ``encode(_:)`` throws it for; but
    ///   the value may be of any type.
    public func value(of value: some Encodable) throws(StorageError) -> DocumentValue {
        let slot = DocumentSlot()
        do {
            try DocumentEncoding(slot: slot, codingPath: [], userInfo: userInfo).encode(value)
        } catch {
            throw StorageError(encodingDocument: error)
        }
        // A type that encodes nothing is a document without fields, as in an array.
        return slot.value ?? .document(Document())
    }
}

extension StorageError {
    /// The error for a value that a document cannot hold.
    static func documentEncoding(
        _ what: String, _ path: [any CodingKey], _ cause: (any Error)? = nil
    ) -> StorageError {
        StorageError(code: .encodingFailed, message: place(path) + what, underlying: cause)
    }

    /// The error for a value of a document that is not what the entity wants.
    static func documentDecoding(
        _ what: String, _ path: [any CodingKey], _ cause: (any Error)? = nil
    ) -> StorageError {
        StorageError(code: .decodingFailed, message: place(path) + what, underlying: cause)
    }

    fileprivate init(encodingDocument error: any Error) {
        switch error {
        case let error as StorageError: self = error
        case EncodingError.invalidValue(_, let context):
            self = .documentEncoding("the type refuses the value", context.codingPath, error)
        default: self = .documentEncoding("the type's own encoding failed", [], error)
        }
    }

    private static func place(_ path: [any CodingKey]) -> String {
        path.isEmpty ? "" : "at \(path.map(\.stringValue).joined(separator: ".")): "
    }
}
