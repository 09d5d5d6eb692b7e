/// Text as its UTF-8.
public struct StringCodec: ValueCodec {
    /// Creates the codec.
    public init() {}

    /// The UTF-8 of a text.
    public func encode(_ value: String) throws(StorageError) -> ByteString { ByteString(value) }

    /// The text of UTF-8.
    ///
    /// - Throws: ``StorageError/Code/decodingFailed`` when the bytes are not UTF-8.
    public func decode(_ bytes: ByteString) throws(StorageError) -> String {
        guard let text = bytes.string else {
            throw StorageError(
                code: .decodingFailed, message: "the value is not text: its bytes are not UTF-8")
        }
        return text
    }
}

extension ValueCodec where Self == StringCodec {
    /// Text as its UTF-8.
    public static var string: StringCodec { StringCodec() }
}
