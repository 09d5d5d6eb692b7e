/// How much one call to a ``Repository`` may carry.
public struct RepositoryLimits: Hashable, Sendable {
    /// The largest number of identifiers ``Repository/get(_:)-([ID])`` takes.
    public var maximumBatchSize: Int
    /// The largest `limit` of ``Repository/scan(after:limit:)``.
    public var maximumPageSize: Int

    /// Creates limits; both at least 1.
    public init(maximumBatchSize: Int, maximumPageSize: Int) {
        precondition(maximumBatchSize >= 1 && maximumPageSize >= 1, "a limit is at least 1")
        self.maximumBatchSize = maximumBatchSize
        self.maximumPageSize = maximumPageSize
    }

    /// Throws ``StorageError/Code/limitExceeded`` when a batch is too large.
    ///
    /// Backends call it first, so that all refuse in the same words.
    public func checkBatch(count: Int) throws(StorageError) {
        guard count > maximumBatchSize else { return }
        throw StorageError(
            code: .limitExceeded,
            message: "\(count) identifiers in one get; split them into batches of "
                + "\(maximumBatchSize) at the most (limits.maximumBatchSize)",
            operation: "get")
    }

    /// Throws when a page's size is below 1 (``StorageError/Code/invalidArgument``) or too large
    /// (``StorageError/Code/limitExceeded``).
    public func checkPage(limit: Int) throws(StorageError) {
        guard limit >= 1 else {
            throw StorageError(
                code: .invalidArgument, message: "a page of \(limit); ask for at least 1 entity",
                operation: "scan")
        }
        guard limit > maximumPageSize else { return }
        throw StorageError(
            code: .limitExceeded,
            message: "a page of \(limit); ask for \(maximumPageSize) at the most "
                + "(limits.maximumPageSize) and follow next",
            operation: "scan")
    }
}
