internal import StorageKit

/// The first 64 bytes of a log and of a snapshot.
///
/// ```
///  0        8        12       16                32        40        48           64
///  ├────────┼────────┼────────┼─────────────────┼─────────┼─────────┼────────────┤
///  │ magic  │version │checksum│ store's identity│sequence │  salt   │ zeros      │
///  └────────┴────────┴────────┴─────────────────┴─────────┴─────────┴────────────┘
/// ```
///
/// Numbers have their lowest byte first. The checksum is of the other bytes. Magic, version and
/// checksum stay where they are in every version.
struct FileHeader: Hashable, Sendable {
    /// What the file is.
    enum Kind: UInt64 {
        /// "SKGLOG\r\n": the line's end is gone after a transfer as text.
        case log = 0x0A0D_474F_4C47_4B53
        /// "SKGSNP\r\n".
        case snapshot = 0x0A0D_504E_5347_4B53
    }

    static let count = 64
    /// The version that this package writes, and the only one that it reads.
    static let version: UInt32 = 1

    let kind: Kind
    /// Which store the file belongs to.
    let identity: StoreIdentity
    /// The last commit that is not in a log, or the last one that is in a snapshot.
    let sequence: UInt64
    /// Mixed into the checksums of the file, so that no other file's bytes pass for its own.
    let salt: UInt64

    var bytes: [UInt8] {
        var writer = ByteWriter(capacity: Self.count)
        writer.write(fixed: kind.rawValue)
        writer.write(fixed: Self.version)
        writer.write(fixed: UInt32(0))
        writer.write(fixed: identity.high)
        writer.write(fixed: identity.low)
        writer.write(fixed: sequence)
        writer.write(fixed: salt)
        writer.write(raw: repeatElement(0, count: 16))
        writer.overwrite(at: 12, with: CRC32C.of(writer.bytes))
        return writer.bytes
    }

    /// Reads the header of a file.
    ///
    /// - Throws: ``StorageError/Code/corrupted``; ``StorageError/Code/unsupported`` for another
    ///   version.
    static func read(_ kind: Kind, of file: any DurableFile) throws(StorageError) -> FileHeader {
        let bytes = try file.read(at: 0, count: count)
        let version: UInt32
        let header: FileHeader?
        do throws(MalformedBytes) {
            (version, header) = try ByteReader.read(bytes) {
                (reader) throws(MalformedBytes) in try decode(kind, bytes, &reader)
            }
        } catch {
            throw FileFailure.corrupted(file.path, at: error.offset, error.reason)
        }
        guard let header else { throw unsupported(version, file.path) }
        return header
    }

    private static func decode(
        _ kind: Kind, _ bytes: [UInt8], _ reader: inout ByteReader
    ) throws(MalformedBytes) -> (version: UInt32, FileHeader?) {
        guard try reader.fixed(UInt64.self) == kind.rawValue else {
            throw MalformedBytes(offset: 0, reason: "it does not begin as a file of a graph does")
        }
        let version = try reader.fixed(UInt32.self)
        let checksum = try reader.fixed(UInt32.self)
        guard bytes.count == count else { throw reader.malformed("its header is cut off") }
        var covered = ByteWriter(capacity: count)
        covered.write(raw: bytes)
        covered.overwrite(at: 12, with: 0)
        guard CRC32C.of(covered.bytes) == checksum else {
            throw MalformedBytes(offset: 0, reason: "the checksum of its header is wrong")
        }
        let identity = StoreIdentity(
            high: try reader.fixed(UInt64.self), low: try reader.fixed(UInt64.self))
        let sequence = try reader.fixed(UInt64.self)
        let salt = try reader.fixed(UInt64.self)
        try reader.skip(16)
        guard version == Self.version else { return (version, nil) }
        return (
            version,
            FileHeader(kind: kind, identity: identity, sequence: sequence, salt: salt)
        )
    }

    private static func unsupported(_ version: UInt32, _ path: String) -> StorageError {
        StorageError(
            code: .unsupported,
            message: "\(path) has format version \(version), and this package reads version "
                + "\(Self.version); open it with the release that wrote it")
    }
}

/// Which store a file belongs to: a number that is drawn when the store is made.
struct StoreIdentity: Hashable, Sendable {
    let high: UInt64
    let low: UInt64
}
