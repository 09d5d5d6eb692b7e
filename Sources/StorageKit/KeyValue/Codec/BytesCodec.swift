/// Bytes as they are.
public struct BytesCodec: ValueCodec {
    /// Creates the codec.
    public init() {}

    /// The bytes.
    public func encode(_ value: ByteString) throws(StorageError) -> ByteString { value }

    /// The bytes.
    public func decode(_ bytes: ByteString) throws(StorageError) -> ByteString { bytes }
}

extension ValueCodec where Self == BytesCodec {
    /// Bytes as they are.
    public static var bytes: BytesCodec { BytesCodec() }
}
