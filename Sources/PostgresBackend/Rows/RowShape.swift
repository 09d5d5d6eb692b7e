/// What the rows of a statement look like: the names and types of their columns.
final class RowShape: Sendable {
    struct Column: Hashable, Sendable {
        let name: String
        let type: PostgresType
    }

    let columns: [Column]
    private let indexes: [String: Int]
    private let foldedIndexes: [String: Int]

    init(_ columns: [Column]) {
        self.columns = columns
        // Of two columns with the same name the first is meant.
        indexes = Dictionary(
            zip(columns.map(\.name), 0...), uniquingKeysWith: { first, _ in first })
        foldedIndexes = Dictionary(
            zip(columns.map { $0.name.lowercased() }, 0...),
            uniquingKeysWith: { first, _ in first })
    }

    /// The column of this name, in any case: a column that is overlooked would be a `nil` that
    /// nobody meant, and PostgreSQL folds names that are not quoted.
    func index(of name: String) -> Int? { indexes[name] ?? foldedIndexes[name.lowercased()] }
}
