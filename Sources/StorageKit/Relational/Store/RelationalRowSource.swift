/// Where a backend's ``RelationalRows`` come from: one run of a statement, batch by batch.
///
/// The rows ask for one batch at a time, for the first when the first row is wanted, and for none
/// after an empty one or an error.
public protocol RelationalRowSource<Row>: Sendable {
    /// A decoded row.
    associatedtype Row: Sendable

    /// The next rows, at least one of them; none when the statement has come to its end.
    ///
    /// One round trip. How many rows make a batch is the backend's to choose, and bounded.
    func nextBatch() async throws(StorageError) -> [Row]

    /// Ends the run and gives back what it held; called exactly once, from anywhere, also after the
    /// end and after an error. It must not block.
    func close()
}
