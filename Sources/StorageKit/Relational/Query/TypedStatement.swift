/// A statement that was put together from typed pieces.
public protocol TypedStatement: Sendable {
    /// The statement.
    var sql: SQL { get }
}

/// A statement that gives rows of one type.
public protocol RowStatement<Row>: TypedStatement {
    /// A row: an entity, or a single value.
    associatedtype Row: Decodable & Sendable
}

/// A question that gives rows of one type, so that a few of them can be asked for.
public protocol RowQuery<Row>: RowStatement {
    /// The statement with so many rows at the most.
    func sql(limit: Int) -> SQL
}

/// A statement that changes rows.
public protocol ChangeStatement: TypedStatement {}
