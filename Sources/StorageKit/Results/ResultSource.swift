/// Where a backend's ``ResultSequence`` comes from: one run of a query, batch by batch.
///
/// The sequence asks for one batch at a time, for the first when the first result is wanted, and
/// for none after an empty one or an error.
public protocol ResultSource<Element>: Sendable {
    /// A decoded row or document.
    associatedtype Element: Sendable

    /// The next results, at least one of them; none when the query has come to its end.
    ///
    /// One round trip. How many results make a batch is the backend's to choose, and bounded.
    func nextBatch() async throws(StorageError) -> [Element]

    /// Ends the run and gives back what it held; called exactly once, from anywhere, also after the
    /// end and after an error. It must not block.
    func close()
}
