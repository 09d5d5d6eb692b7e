/// Commits that were written together: they are in the log all, or none.
///
/// ```
///  0        4          8        12       16          24          32
///  ├────────┼──────────┼────────┼────────┼───────────┼───────────┼──────────────────────┐
///  │ "GRUP" │ checksum │ bytes  │ commits│ sequence  │ durable   │ commit │ commit │ …   │
///  └────────┴──────────┴────────┴────────┴───────────┴───────────┴──────────────────────┘
/// ```
///
/// The checksum is of what comes behind it, and of the log's salt and the group's place: a group
/// counts only where it was written. `bytes` is the commits' length, `sequence` the number of the
/// first one, and `durable` the length of the log that had been synced when the group was written.
struct LogGroup: Hashable, Sendable {
    static let magic: UInt32 = 0x5055_5247
    static let headerCount = 32
    /// How many bytes of commits a group takes at the most.
    static let maximumBytes = 1 << 30

    let byteCount: Int
    let commitCount: Int
    let sequence: UInt64
    let durable: Int
    private let checksum: UInt32

    /// How long it is with its header.
    var count: Int { Self.headerCount + byteCount }

    /// A group as it is written.
    static func bytes(
        of commits: [[UInt8]], sequence: UInt64, durable: Int, at offset: Int, salt: UInt64
    ) -> [UInt8] {
        let byteCount = commits.reduce(0) { $0 + $1.count }
        var writer = ByteWriter(capacity: headerCount + byteCount)
        writer.write(fixed: magic)
        writer.write(fixed: UInt32(0))
        writer.write(fixed: UInt32(byteCount))
        writer.write(fixed: UInt32(commits.count))
        writer.write(fixed: sequence)
        writer.write(fixed: UInt64(durable))
        for commit in commits { writer.write(raw: commit) }
        writer.overwrite(at: 4, with: checksum(of: writer.bytes, at: offset, salt: salt))
        return writer.bytes
    }

    /// The group that begins with these bytes; `nil` when they are no group's.
    init?(header bytes: [UInt8]) {
        let group = try? ByteReader.read(bytes) { (reader) throws(MalformedBytes) -> LogGroup? in
            try LogGroup(&reader)
        }
        guard let group else { return nil }
        self = group
    }

    private init?(_ reader: inout ByteReader) throws(MalformedBytes) {
        guard try reader.fixed(UInt32.self) == Self.magic else {
            try reader.skip(reader.remaining)
            return nil
        }
        checksum = try reader.fixed(UInt32.self)
        byteCount = Int(try reader.fixed(UInt32.self))
        commitCount = Int(try reader.fixed(UInt32.self))
        sequence = try reader.fixed(UInt64.self)
        durable = Int(clamping: try reader.fixed(UInt64.self))
    }

    /// Whether all its bytes are as they were written.
    func isWhole(_ bytes: [UInt8], at offset: Int, salt: UInt64) -> Bool {
        bytes.count == count && Self.checksum(of: bytes, at: offset, salt: salt) == checksum
    }

    private static func checksum(of bytes: [UInt8], at offset: Int, salt: UInt64) -> UInt32 {
        var checksum = CRC32C(seed: salt &+ UInt64(offset))
        bytes.withUnsafeBytes { checksum.update(UnsafeRawBufferPointer(rebasing: $0[8...])) }
        return checksum.value
    }
}
