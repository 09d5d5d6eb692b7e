/// A part of a snapshot, with a checksum of its own.
///
/// ```
///  0        4          8        12       16
///  ├────────┼──────────┼────────┼────────┼────────────┐
///  │ "BLOK" │ checksum │ kind   │ bytes  │ content    │
///  └────────┴──────────┴────────┴────────┴────────────┘
/// ```
///
/// The checksum is of what comes behind it, and of the file's salt and the block's place.
struct SnapshotBlock {
    /// What is in it, in the order of a snapshot; of nodes and relationships there are any number.
    enum Kind: UInt32 {
        /// How much there is, and the names of labels, types and keys.
        case summary = 1
        /// Nodes in the order of their places, each as the distance from the one before it.
        case nodes = 2
        case relationships = 3
        case indexes = 4
        /// How many blocks are in front of it: without it the file was cut off.
        case end = 5
    }

    static let magic: UInt32 = 0x4B4F_4C42
    static let headerCount = 16
    /// What a block holds before the next one is begun.
    static let fullBytes = 256 << 10

    let kind: Kind
    let byteCount: Int
    private let checksum: UInt32

    static func bytes(_ kind: Kind, _ content: [UInt8], at offset: Int, salt: UInt64) -> [UInt8] {
        var writer = ByteWriter(capacity: headerCount + content.count)
        writer.write(fixed: magic)
        writer.write(fixed: UInt32(0))
        writer.write(fixed: kind.rawValue)
        writer.write(fixed: UInt32(content.count))
        writer.write(raw: content)
        writer.overwrite(at: 4, with: checksum(of: writer.bytes, at: offset, salt: salt))
        return writer.bytes
    }

    /// The block that begins with these bytes.
    init(header bytes: [UInt8]) throws(MalformedBytes) {
        self = try ByteReader.read(bytes) { (reader) throws(MalformedBytes) in
            guard try reader.fixed(UInt32.self) == Self.magic else {
                throw reader.malformed("a block does not begin as one")
            }
            let checksum = try reader.fixed(UInt32.self)
            guard let kind = Kind(rawValue: try reader.fixed(UInt32.self)) else {
                throw reader.malformed("a block is of no known kind")
            }
            let byteCount = Int(try reader.fixed(UInt32.self))
            return SnapshotBlock(kind: kind, byteCount: byteCount, checksum: checksum)
        }
    }

    private init(kind: Kind, byteCount: Int, checksum: UInt32) {
        self.kind = kind
        self.byteCount = byteCount
        self.checksum = checksum
    }

    /// How long it is with its header.
    var count: Int { Self.headerCount + byteCount }

    func isWhole(_ bytes: [UInt8], at offset: Int, salt: UInt64) -> Bool {
        bytes.count == count && Self.checksum(of: bytes, at: offset, salt: salt) == checksum
    }

    private static func checksum(of bytes: [UInt8], at offset: Int, salt: UInt64) -> UInt32 {
        var checksum = CRC32C(seed: salt &+ UInt64(offset))
        bytes.withUnsafeBytes { checksum.update(UnsafeRawBufferPointer(rebasing: $0[8...])) }
        return checksum.value
    }
}
