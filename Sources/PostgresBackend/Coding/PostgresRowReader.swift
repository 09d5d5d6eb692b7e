internal import StorageKit

/// Finds columns by name for a decoder, row after row of one statement.
///
/// A `Codable` type asks for its keys in the same order for each row, so the columns are bound
/// once: the first row fills a plan, one entry for each question in the order they came, and from
/// then on the n-th question is answered by comparing its name with the n-th entry. A type that
/// asks differently for some rows is answered all the same, only slower.
final class PostgresRowReader {
    private struct PlanEntry {
        let name: String
        let index: Int?
    }

    let shape: RowShape
    // Unchecked: touched a few times for every column of every row, by one thread and never while
    // another access is under way.
    @exclusivity(unchecked) private var block: RowBlock
    @exclusivity(unchecked) private var row = 0
    @exclusivity(unchecked) private var plan: [PlanEntry] = []
    @exclusivity(unchecked) private var position = 0

    init(_ block: RowBlock, _ shape: RowShape) {
        self.block = block
        self.shape = shape
    }

    /// Moves to a row.
    func begin(_ block: RowBlock, row: Int) {
        self.block = block
        self.row = row
        position = 0
    }

    /// The column with this name, or `nil` when the result has none.
    func column(_ name: String) -> PostgresColumn? {
        guard let index = index(of: name) else { return nil }
        return column(at: index)
    }

    func column(at index: Int) -> PostgresColumn {
        PostgresColumn(
            block.bytes(at: row * shape.columns.count + index), shape, index: index)
    }

    /// The columns' names.
    var names: [String] { shape.columns.map(\.name) }

    private func index(of name: String) -> Int? {
        defer { position += 1 }
        if position < plan.count, plan[position].name == name { return plan[position].index }
        let entry = PlanEntry(name: name, index: shape.index(of: name))
        if position < plan.count {
            plan[position] = entry
        } else {
            plan.append(entry)
        }
        return entry.index
    }
}
