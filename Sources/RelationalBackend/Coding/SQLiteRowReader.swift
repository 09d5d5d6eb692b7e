/// Finds the columns of one statement by their names.
final class SQLiteRowReader {
    let statement: SQLiteStatement
    private let indexes: [String: Int32]
    /// By the name in small letters: names of columns are the same to SQL in any case, and a column
    /// that is overlooked would be a `nil` that nobody meant.
    private let foldedIndexes: [String: Int32]

    init(_ statement: SQLiteStatement) {
        self.statement = statement
        let names = statement.columnNames
        // Of two columns with the same name the first is meant, as in SQLite's own rules for ORDER
        // BY.
        indexes = Dictionary(zip(names, 0...), uniquingKeysWith: { first, _ in first })
        foldedIndexes = Dictionary(
            zip(names.map { $0.lowercased() }, 0...), uniquingKeysWith: { first, _ in first })
    }

    /// The columns' names.
    var names: [String] { statement.columnNames }

    /// The place of the column with this name, or `nil` when the result has none.
    func index(of name: String) -> Int32? { indexes[name] ?? foldedIndexes[name.lowercased()] }
}
