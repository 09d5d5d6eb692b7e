internal import StorageKit

/// Finds columns by name for a decoder, row after row of one statement.
///
/// A `Codable` type asks for its keys in the same order for each row, so the columns are bound
/// once: the first row fills a plan, one entry for each question in the order they came, and from
/// then on the n-th question is answered by comparing its name with the n-th entry. A type that
/// asks differently for some rows is answered all the same, only slower.
final class SQLiteRowReader {
    private struct PlanEntry {
        let name: String
        let index: Int32?
    }

    let statement: SQLiteStatement
    private var indexes: [String: Int32] = [:]
    /// By the name in small letters: names of columns are the same to SQL in any case, and a column
    /// that is overlooked would be a `nil` that nobody meant.
    private var foldedIndexes: [String: Int32] = [:]
    // Unchecked: touched a few times for every column of every row, by one thread and never while
    // another access is under way; the check alone would be a tenth of the time of a lookup.
    @exclusivity(unchecked) private var plan: [PlanEntry] = []
    @exclusivity(unchecked) private var position = 0

    init(_ statement: SQLiteStatement) {
        self.statement = statement
        bindColumns()
    }

    /// Begins a run of the statement; its columns may have changed with the schema.
    func beginRun() {
        if statement.wasRecompiled() { bindColumns() }
    }

    /// Begins a row.
    func beginRow() { position = 0 }

    /// The column with this name, or `nil` when the result has none.
    func column(_ name: String) -> SQLiteColumn? {
        guard let index = index(of: name) else { return nil }
        return SQLiteColumn(statement: statement, index: index)
    }

    /// The columns' names.
    var names: [String] { statement.columnNames }

    private func index(of name: String) -> Int32? {
        defer { position += 1 }
        if position < plan.count, plan[position].name == name { return plan[position].index }
        let entry = PlanEntry(name: name, index: indexes[name] ?? foldedIndexes[name.lowercased()])
        if position < plan.count {
            plan[position] = entry
        } else {
            plan.append(entry)
        }
        return entry.index
    }

    private func bindColumns() {
        plan.removeAll(keepingCapacity: true)
        // Of two columns with the same name the first is meant, as in SQLite's own rules for ORDER
        // BY.
        indexes = Dictionary(
            zip(statement.columnNames, 0...), uniquingKeysWith: { first, _ in first })
        foldedIndexes = Dictionary(
            zip(statement.columnNames.map { $0.lowercased() }, 0...),
            uniquingKeysWith: { first, _ in first })
    }
}
