/// How large entries of a ``SharedCache`` are made smaller.
public protocol CacheCompression: Sendable {
    /// What it is called in an entry's header, for ever: an entry that was compressed in another
    /// way is a miss.
    var identifier: UInt8 { get }

    /// The bytes, compressed.
    ///
    /// - Throws: ``StorageError/Code/encodingFailed`` when that is not possible; the entry is then
    ///   stored as it is.
    func compress(_ bytes: ByteString) throws(StorageError) -> ByteString

    /// The bytes that were compressed.
    ///
    /// It takes no more memory than in proportion to the limit, whatever the bytes say of
    /// themselves.
    ///
    /// - Throws: ``StorageError/Code/decodingFailed`` when they are damaged or would be longer than
    ///   the limit; the entry is then a miss.
    func decompress(
        _ bytes: ByteString, limit maximumBytes: Int
    ) throws(StorageError) -> ByteString
}
