public import StorageKit

/// SQLite's way of writing what SQL leaves open: `?` for each parameter, standard quotes.
public struct SQLiteDialect: SQLDialect {
    /// Creates the dialect.
    public init() {}

    /// `?`, whatever the place.
    public func placeholder(_ number: Int) -> String { "?" }

    /// Asks the table of the schema.
    public func count(ofTables name: String) -> SQL {
        "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = \(name)"
    }

    /// `GLOB`; SQLite's `LIKE` takes a capital for a small letter.
    public var matchOperator: String { "GLOB " }

    /// With `*` for anything, and what would be a wildcard as a class of one character.
    ///
    /// - Throws: ``StorageError/Code/invalidArgument`` for a NUL character, where SQLite would take
    ///   the pattern to end; for the same reason it matches a stored text up to its first NUL.
    public func text(of pattern: SQLPattern) throws(StorageError) -> String {
        let text = pattern.written(anything: "*") {
            "*?[".unicodeScalars.contains($0) ? "[\($0)]" : nil
        }
        guard text.utf8.contains(0) else { return text }
        throw StorageError(
            code: .invalidArgument,
            message: "SQLite cannot search for a text with a NUL character in it")
    }

    /// SQLite's own words, which it has had before the standard's, and functions of ours for
    /// decimal numbers.
    public func text(of word: SQLWord) -> String {
        switch word {
        case .isSame: "IS"
        case .isDifferent: "IS NOT"
        case .bytewise: "COLLATE BINARY"
        case .numerically: " COLLATE \(SQLiteDecimals.collation.name)"
        case .decimalFunction(let arithmetic): SQLiteDecimals.name(of: arithmetic)
        case .decimalSign: ", "
        case .decimalSum: SQLiteDecimals.totalName
        }
    }

    /// `EXPLAIN QUERY PLAN` before it; its `EXPLAIN` shows the virtual machine's instructions.
    public func explanation(of statement: SQL) -> SQL { "EXPLAIN QUERY PLAN \(statement)" }

    /// 32,766, unless the library was built for another number (sqlite.org/limits.html).
    public var maximumParameters: Int { 32_766 }
}
