/// An order of text written in Swift, for `ORDER BY name COLLATE …`, columns and indexes.
///
/// ```swift
/// SQLiteCollation("by_length") { $0.count < $1.count }
/// ```
///
/// Each connection of the database has it. Two texts of which neither comes before the other are
/// equal, for `UNIQUE` as well. An index keeps the order it was built with: a collation that is
/// changed, by a new version of the program or of the system's tables, damages the indexes that use
/// it until `REINDEX` is run.
public struct SQLiteCollation: Sendable {
    /// What statements call it; in any case.
    public let name: String

    /// The order as C has it: below 0, 0 or above 0.
    let compare: @Sendable (String, String) -> Int32

    /// Creates a collation.
    ///
    /// - Parameters:
    ///   - name: What statements call it; one of SQLite's own is replaced.
    ///   - areInIncreasingOrder: Whether the first text comes before the second: a strict weak
    ///     order, as `sort(by:)` wants it. It must be quick.
    public init(
        _ name: String,
        areInIncreasingOrder: @escaping @Sendable (String, String) -> Bool
    ) {
        self.init(
            name,
            comparing: { left, right in
                if areInIncreasingOrder(left, right) { return -1 }
                return areInIncreasingOrder(right, left) ? 1 : 0
            })
    }

    /// Creates a collation from an order as C has it.
    init(_ name: String, comparing compare: @escaping @Sendable (String, String) -> Int32) {
        self.name = name
        self.compare = compare
    }
}
