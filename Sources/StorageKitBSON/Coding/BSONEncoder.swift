public import StorageKit

/// Encodes entities as BSON.
///
/// ```swift
/// let bytes = try BSONEncoder().encode(user)
/// let same = try BSONDecoder().decode(User.self, from: bytes)
/// ```
///
/// Fields are written in the order in which the entity encodes them, straight into the document:
/// there is no tree of values between. `Int` and wider are 64-bit integers, narrower ones 32-bit,
/// whatever their value; `Date` is a date in milliseconds, `UUID` and `Data` are binary, `Decimal`
/// is a decimal, and ``Document`` and what is in it are themselves, at any place in an entity.
///
/// A container with a key that was encoded already writes a second field of the name: encode a key
/// once.
public struct BSONEncoder: Sendable {
    /// What types find in their encoder.
    public var userInfo: [CodingUserInfoKey: any Sendable]

    /// Creates an encoder.
    public init(userInfo: [CodingUserInfoKey: any Sendable] = [:]) { self.userInfo = userInfo }

    /// Encodes an entity that is a document.
    ///
    /// - Throws: ``StorageError/Code/encodingFailed`` when the outermost value is no document, for
    ///   a value that BSON cannot hold (an unsigned number beyond 64-bit integers, a `Decimal` of
    ///   more than 34 digits, a zero in a name), and for what the entity throws itself;
    ///   ``StorageError/Code/limitExceeded`` for more than a hundred documents in each other or 2
    ///   GiB.
    /// - Complexity: That of the entity's encoding; one copy of the bytes at the end.
    public func encode(_ entity: some Encodable) throws(StorageError) -> [UInt8] {
        try BSONWriter.output(of: entity, userInfo: userInfo).bytes
    }
}
