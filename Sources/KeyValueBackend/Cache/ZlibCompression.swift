internal import CZlib
public import StorageKit

/// Makes large entries of a ``StorageKit/SharedCache`` smaller with zlib.
///
/// ```swift
/// let options = SharedCacheOptions(compression: ZlibCompression())
/// ```
///
/// What it writes is the length of the original in eight bytes, the most significant first, and a
/// zlib stream (RFC 1950), whose check sum is verified. It keeps nothing between calls and works
/// on the caller's thread.
public struct ZlibCompression: CacheCompression {
    /// The level that zlib takes for a compromise between time and size.
    public static let defaultLevel = 6

    /// How much work is done: from 1, fast, to 9, small.
    public let level: Int

    /// What it is called in an entry's header.
    public var identifier: UInt8 { 1 }

    /// Creates a compression.
    ///
    /// - Precondition: The level is from 1 to 9.
    public init(level: Int = Self.defaultLevel) {
        precondition((1...9).contains(level), "zlib has the levels 1 to 9")
        self.level = level
    }

    /// The bytes, compressed.
    ///
    /// - Throws: ``StorageKit/StorageError/Code/encodingFailed`` when there is no memory.
    public func compress(_ bytes: ByteString) throws(StorageError) -> ByteString {
        let head = Self.bytes(of: UInt64(bytes.count))
        var count = compressBound(uLong(bytes.count))
        var result = Z_OK
        let body = [UInt8](unsafeUninitializedCapacity: Int(count)) { buffer, written in
            result = bytes.bytes.withUnsafeBufferPointer {
                compress2(buffer.baseAddress, &count, $0.baseAddress, uLong($0.count), Int32(level))
            }
            written = result == Z_OK ? Int(count) : 0
        }
        guard result == Z_OK else {
            throw StorageError(
                code: .encodingFailed, message: "zlib could not compress: there is no memory",
                operation: "compress", native: Self.code(result))
        }
        return ByteString(head + body)
    }

    /// The bytes that were compressed.
    ///
    /// It takes no more memory than the limit, nor than about a thousand times the bytes, which is
    /// the most that zlib can compress.
    ///
    /// - Throws: ``StorageKit/StorageError/Code/decodingFailed`` when the bytes are damaged, or
    ///   say that they would be longer than the limit.
    public func decompress(
        _ bytes: ByteString, limit maximumBytes: Int
    ) throws(StorageError) -> ByteString {
        let stream = bytes.bytes.dropFirst(Self.headBytes)
        let length = bytes.bytes.prefix(Self.headBytes).reduce(0) { $0 << 8 | UInt64($1) }
        guard length <= UInt64(max(0, maximumBytes)), length <= Self.longest(from: stream.count)
        else {
            throw Self.damaged(Z_DATA_ERROR)
        }
        var count = uLong(length)
        var read = uLong(stream.count)
        var result = Z_OK
        // Room for one more byte: zlib wants some even for nothing.
        let plain = [UInt8](unsafeUninitializedCapacity: Int(length) + 1) { buffer, written in
            result = stream.withUnsafeBufferPointer {
                uncompress2(buffer.baseAddress, &count, $0.baseAddress, &read)
            }
            written = result == Z_OK ? Int(count) : 0
        }
        guard result == Z_OK, plain.count == Int(length), read == stream.count else {
            throw Self.damaged(result)
        }
        return ByteString(plain)
    }
}

extension ZlibCompression {
    private static var headBytes: Int { 8 }

    /// What so many bytes can come from.
    ///
    /// "The limit (1032:1) comes from the fact that one length/distance pair can represent at most
    /// 258 output bytes" (zlib Technical Details, Maximum Compression Factor).
    private static func longest(from count: Int) -> UInt64 { 1_032 * UInt64(count) }

    private static func bytes(of length: UInt64) -> [UInt8] {
        (0..<headBytes).map { UInt8(truncatingIfNeeded: length >> (56 - 8 * UInt64($0))) }
    }

    private static func damaged(_ result: Int32) -> StorageError {
        StorageError(
            code: .decodingFailed,
            message: "compressed bytes are damaged, or longer than the limit allows",
            operation: "decompress", native: code(result))
    }

    private static func code(_ result: Int32) -> StorageError.NativeCode {
        StorageError.NativeCode(domain: "zlib", name: "result", number: Int(result))
    }
}
