/// How a value of some type is written as bytes and read again.
///
/// ``JSONCodec`` is the usual one for `Codable` types; ``StringCodec`` and ``BytesCodec`` store
/// text and bytes as they are.
public protocol ValueCodec<Value>: Sendable {
    /// What is written and read.
    associatedtype Value: Sendable

    /// The bytes of a value.
    ///
    /// - Throws: ``StorageError/Code/encodingFailed`` when there are none for it.
    func encode(_ value: Value) throws(StorageError) -> ByteString

    /// The value that bytes stand for.
    ///
    /// - Throws: ``StorageError/Code/decodingFailed`` when they stand for none.
    func decode(_ bytes: ByteString) throws(StorageError) -> Value
}
