/// A question that gives rows of one type, so that a few of them can be asked for.
public protocol RowQuery<Row>: RowStatement {
    /// The statement with so many rows at the most.
    func sql(limit: Int) -> SQL
}
