import StorageKit

/// The keys of caches that are measured, as text.
struct NumberCodec: ValueCodec {
    func encode(_ value: Int) throws(StorageError) -> ByteString { "\(value)" }

    func decode(_ bytes: ByteString) throws(StorageError) -> Int {
        guard let number = bytes.string.flatMap({ Int($0) }) else {
            throw StorageError(code: .decodingFailed, message: "not a number")
        }
        return number
    }
}
