/// A log: a header, two marks, and groups of commits to the end.
///
/// ```
///  0        64    512      1024     1536
///  ├────────┼─────┼────────┼────────┼─────────┬─────────┬─────────┬── ─ ─
///  │ header │     │ mark   │ mark   │ group   │ group   │ group   │ torn?
///  └────────┴─────┴────────┴────────┴─────────┴─────────┴─────────┴── ─ ─
/// ```
enum LogLayout {
    /// Where the first group is.
    static let firstGroup = 1_536

    /// A log without a commit.
    static func emptyLog(_ header: FileHeader) -> [UInt8] {
        var writer = ByteWriter(capacity: firstGroup)
        writer.write(raw: header.bytes)
        let mark = LogMark(durable: firstGroup, written: firstGroup, boot: 0)
        for place in LogMark.places {
            writer.write(raw: repeatElement(0, count: place - writer.bytes.count))
            writer.write(raw: mark.bytes(salt: header.salt))
        }
        writer.write(raw: repeatElement(0, count: firstGroup - writer.bytes.count))
        return writer.bytes
    }
}
