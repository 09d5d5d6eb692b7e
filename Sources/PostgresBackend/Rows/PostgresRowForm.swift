public import StorageKit

/// What rows are decoded to: a `Codable` type or a tuple.
///
/// It is a closure that the caller's module makes: the public calls that take a type are inlinable,
/// so `decode` is compiled there for the very types of the row, and everything behind it may stay
/// ordinary code. A generic function of this module would instead ask the runtime, for each column
/// of each row, which type it has and how to copy it.
@usableFromInline
struct PostgresRowForm<Row: Sendable>: Sendable {
    /// How many columns a tuple has; `nil` for what finds its columns itself.
    private let width: Int?
    /// Decodes the first so many rows of a block, which has as many.
    private let decode: @Sendable (PostgresColumns, Int) throws(StorageError) -> [Row]

    @usableFromInline
    init(
        width: Int? = nil,
        decode: @escaping @Sendable (PostgresColumns, Int) throws(StorageError) -> [Row]
    ) {
        self.width = width
        self.decode = decode
    }

    /// A struct by its column names, or a single value from a single column.
    @inlinable
    static func codable() -> Self where Row: Decodable {
        Self { (columns, count) throws(StorageError) in try columns.rows(count, as: Row.self) }
    }

    /// A tuple by the order of the columns.
    @inlinable
    static func tuple<
        First: SQLColumnDecodable, Second: SQLColumnDecodable, each Column: SQLColumnDecodable
    >() -> Self where Row == (First, Second, repeat each Column) {
        Self(width: Self.width((repeat (each Column).self))) {
            (columns, count) throws(StorageError) in
            var columns = columns
            var rows: [Row] = []
            rows.reserveCapacity(count)
            for _ in 0..<count {
                rows.append(
                    (
                        try First.decode(columns.next()), try Second.decode(columns.next()),
                        repeat try (each Column).decode(columns.next())
                    ))
            }
            return rows
        }
    }

    /// The width of a tuple that has these columns after its first two.
    @inlinable
    static func width<each Column>(_ rest: (repeat (each Column).Type)) -> Int {
        var width = 2
        for _ in repeat each rest { width += 1 }
        return width
    }

    /// The rows of a block: all of them, or the first so many.
    func rows(of block: RowBlock, limit: Int = .max) throws(StorageError) -> [Row] {
        guard let shape = block.shape, !block.isEmpty else { return [] }
        if let width, shape.columns.count != width {
            throw .wrongWidth(width, of: shape.columns.count)
        }
        return try decode(PostgresColumns(block, shape), min(limit, block.rowCount))
    }

    /// The rows that a statement has brought.
    func rows(
        of result: PostgresExchange.Result, _ statement: PostgresStatement
    ) throws(StorageError) -> [Row] {
        guard let block = result.block else { return [] }
        do throws(StorageError) {
            return try rows(of: block)
        } catch {
            throw error.changed { $0.statement = $0.statement ?? statement.text }
        }
    }
}

extension StorageError {
    fileprivate static func wrongWidth(_ width: Int, of count: Int) -> StorageError {
        StorageError(
            code: .decodingFailed,
            message: "a tuple of \(width) wants as many columns and the result has \(count); "
                + "select just these")
    }
}
