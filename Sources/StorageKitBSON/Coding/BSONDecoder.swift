public import StorageKit

/// Decodes entities from BSON.
///
/// Fields may be in any order; those that the entity does not ask for are passed over. Of fields
/// with the same name, it is not promised which one is read. A whole number is read from any number
/// that is one, of whatever type, and a `Double` from any number that it can hold exactly.
///
/// Bytes may come from anywhere: what is no BSON throws, and no byte beyond the end is read. What
/// is within a field that is passed over is not looked at; reading a ``Document`` looks at
/// everything.
public struct BSONDecoder: Sendable {
    /// What types find in their decoder.
    public var userInfo: [CodingUserInfoKey: any Sendable]

    /// Creates a decoder.
    public init(userInfo: [CodingUserInfoKey: any Sendable] = [:]) { self.userInfo = userInfo }

    /// Decodes an entity.
    ///
    /// - Throws: ``StorageError/Code/corrupted`` for bytes that are no BSON,
    ///   ``StorageError/Code/limitExceeded`` for more than a hundred documents in each other,
    ///   ``StorageError/Code/decodingFailed`` for a field that is missing or of another type, a
    ///   number that does not fit, and what the entity throws itself. The message has the field's
    ///   path.
    /// - Complexity: Linear in the bytes when fields are read in their order.
    public func decode<Entity: Decodable>(
        _ type: Entity.Type, from bytes: [UInt8]
    ) throws(StorageError) -> Entity {
        let userInfo = userInfo
        return try bytes.withUnsafeBufferPointer { bytes throws(StorageError) in
            try BSONReading.decode(
                type, from: UnsafeRawBufferPointer(bytes), userInfo: userInfo)
        }
    }
}
