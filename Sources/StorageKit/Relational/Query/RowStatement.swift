/// A statement that gives rows of one type.
public protocol RowStatement<Row>: TypedStatement {
    /// A row: an entity, or a single value.
    associatedtype Row: Decodable & Sendable
}
