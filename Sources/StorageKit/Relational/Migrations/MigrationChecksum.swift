/// What a migration's text comes to, to find out that it was changed after it had been applied.
///
/// FNV-1a of 64 bits (Fowler, Noll and Vo; draft-eastlake-fnv) over the statements' texts as the
/// database gets them, each with a zero byte behind it. It is there for accidents: that somebody
/// edited history. Against somebody who means it no checksum in the same database helps. Values
/// that were interpolated do not count.
struct MigrationChecksum: Hashable {
    private var hash: UInt64 = 0xcbf2_9ce4_8422_2325

    init(_ migration: Migration, _ dialect: any SQLDialect) throws(StorageError) {
        for statement in migration.statements {
            add(try statement.rendered(for: dialect).text.utf8)
            add([0])
        }
    }

    /// Sixteen hexadecimal digits.
    var text: String {
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    private mutating func add(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }
}
