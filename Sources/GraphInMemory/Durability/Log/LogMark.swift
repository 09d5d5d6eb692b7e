/// How far a log is known to be whole: written over one of two places after each group.
///
/// ```
///  0           8           16          24         28         32
///  ├───────────┼───────────┼───────────┼──────────┼──────────┤
///  │ durable   │ written   │ boot      │ checksum │ zeros    │
///  └───────────┴───────────┴───────────┴──────────┴──────────┘
/// ```
///
/// It is evidence, and nothing rests on its being there: without it a damaged last group could not
/// be told from one that was cut short. It is not synced by itself; the next group's sync takes it
/// along. So it may be older than the groups, and is never newer than what was synced, as far as it
/// says "durable". What it says to be "written" holds for as long as the system that wrote it has
/// not been started anew.
struct LogMark: Hashable, Sendable {
    static let count = 32
    /// Where the two are, each in a sector of its own, so that a torn one leaves the other.
    static let places = [512, 1_024]

    /// Below this length everything has been synced.
    var durable: Int
    /// Below this length everything was written.
    var written: Int
    /// By which start of the system; 0 for an unknown one.
    var boot: UInt64

    func bytes(salt: UInt64) -> [UInt8] {
        var writer = ByteWriter(capacity: Self.count)
        writer.write(fixed: UInt64(durable))
        writer.write(fixed: UInt64(written))
        writer.write(fixed: boot)
        writer.write(fixed: CRC32C.of(writer.bytes, seed: salt))
        writer.write(fixed: UInt32(0))
        return writer.bytes
    }

    init(durable: Int, written: Int, boot: UInt64) {
        self.durable = durable
        self.written = written
        self.boot = boot
    }

    /// A mark that was read; `nil` for one that was torn or damaged.
    init?(_ bytes: some Collection<UInt8>, salt: UInt64) {
        let bytes = Array(bytes)
        let checksum = CRC32C.of(bytes.prefix(24), seed: salt)
        let fields = try? ByteReader.read(bytes) {
            (reader) throws(MalformedBytes) -> (UInt64, UInt64, UInt64, UInt32, UInt32) in
            (
                try reader.fixed(UInt64.self), try reader.fixed(UInt64.self),
                try reader.fixed(UInt64.self), try reader.fixed(UInt32.self),
                try reader.fixed(UInt32.self)
            )
        }
        guard let (durable, written, boot, stored, _) = fields, stored == checksum,
            let durable = Int(exactly: durable), let written = Int(exactly: written)
        else { return nil }
        self.init(durable: durable, written: written, boot: boot)
    }

    /// Below which length nothing may be missing when the system's start is this one.
    func certain(boot current: UInt64) -> Int {
        boot != 0 && boot == current ? max(durable, written) : durable
    }
}
