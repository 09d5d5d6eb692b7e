/// Decodes entities from ``Document``s.
///
/// Fields may be in any order; those that the entity does not ask for are passed over. A whole
/// number is read from any number that is one, of whatever type, and a `Double` from any number
/// that it can hold exactly.
public struct DocumentDecoder: Sendable {
    /// What types find in their decoder.
    public var userInfo: [CodingUserInfoKey: any Sendable]

    /// Creates a decoder.
    public init(userInfo: [CodingUserInfoKey: any Sendable] = [:]) { self.userInfo = userInfo }

    /// Decodes an entity.
    ///
    /// - Throws: ``StorageError/Code/decodingFailed`` for a field that is missing or of another
    ///   type, a number that does not fit, and what the entity throws itself. The message has the
    ///   field's path.
    public func decode<Entity: Decodable>(
        _ type: Entity.Type, from document: Document
    ) throws(StorageError) -> Entity {
        if let same = document as? Entity { return same }
        do {
            return try DocumentDecoding(
                value: .document(document), codingPath: [], userInfo: userInfo
            ).decode(type)
        } catch {
            throw StorageError(decodingDocument: error)
        }
    }
}

extension StorageError {
    fileprivate init(decodingDocument error: any Error) {
        switch error {
        case let error as StorageError: self = error
        case DecodingError.keyNotFound(let key, let context):
            self = .documentDecoding("there is no such field", context.codingPath + [key], error)
        case DecodingError.typeMismatch(_, let context):
            self = .documentDecoding("a value of another type is due", context.codingPath, error)
        case DecodingError.valueNotFound(_, let context):
            self = .documentDecoding("a value is due", context.codingPath, error)
        case DecodingError.dataCorrupted(let context):
            self = .documentDecoding("the type refuses the value", context.codingPath, error)
        default: self = .documentDecoding("the type's own decoding failed", [], error)
        }
    }
}
