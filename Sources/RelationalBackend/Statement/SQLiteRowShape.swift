public import StorageKit

/// What the rows of a result are decoded to: a `Codable` type or a tuple.
///
/// It is a closure that the caller's module makes: the public calls that take a type are inlinable,
/// so `decode` is compiled there for the very types of the row, and everything behind it may stay
/// ordinary code. A generic function of this module would instead ask the runtime, for each column
/// of each row, which type it has and how to copy it.
@usableFromInline
struct SQLiteRowShape<Row> {
    /// How many columns a tuple has; `nil` for what finds its columns itself.
    let width: Int?
    /// Decodes the row that the statement is at.
    let decode: (SQLitePreparedStatement) throws(StorageError) -> Row

    @usableFromInline
    init(
        width: Int? = nil,
        decode: @escaping (SQLitePreparedStatement) throws(StorageError) -> Row
    ) {
        self.width = width
        self.decode = decode
    }

    /// A struct by its column names, or a single value from a single column.
    @inlinable
    static func codable() -> Self where Row: Decodable {
        Self { (prepared) throws(StorageError) in try prepared.decode(Row.self) }
    }

    /// A tuple by the order of the columns.
    @inlinable
    static func tuple<
        First: SQLColumnDecodable, Second: SQLColumnDecodable, each Column: SQLColumnDecodable
    >() -> Self where Row == (First, Second, repeat each Column) {
        Self(width: Self.width((repeat (each Column).self))) { (prepared) throws(StorageError) in
            var columns = SQLiteColumns(prepared.statement)
            return (
                try First.decode(columns.next()), try Second.decode(columns.next()),
                repeat try (each Column).decode(columns.next())
            )
        }
    }

    /// The width of a tuple that has these columns after its first two.
    @inlinable
    static func width<each Column>(_ rest: (repeat (each Column).Type)) -> Int {
        var width = 2
        for _ in repeat each rest { width += 1 }
        return width
    }
}

/// The columns of a row from left to right.
@usableFromInline
struct SQLiteColumns {
    @usableFromInline let statement: SQLiteStatement
    @usableFromInline var index: Int32 = -1

    @inlinable
    init(_ statement: SQLiteStatement) { self.statement = statement }

    @inlinable
    mutating func next() -> SQLiteColumn {
        index += 1
        return SQLiteColumn(statement: statement, index: index)
    }
}
