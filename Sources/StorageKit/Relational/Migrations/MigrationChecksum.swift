/// What a migration's text comes to, to find out that it was changed after it had been applied.
///
/// The ``FNVHash`` of the statements' texts as the database gets them, each with a zero byte behind
/// it. It is there for accidents: that somebody edited history. Against somebody who means it no
/// checksum in the same database helps. Values that were interpolated do not count.
struct MigrationChecksum: Hashable {
    private var hash = FNVHash()

    init(_ migration: Migration, _ dialect: any SQLDialect) throws(StorageError) {
        for statement in migration.statements {
            hash.add(text: try statement.rendered(for: dialect).text)
        }
    }

    /// Sixteen hexadecimal digits.
    var text: String {
        let digits = String(hash.value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
