/// What becomes of a query that would look at every document of a collection for want of an index.
public enum ScanPolicy: Sendable {
    /// It is run, and nobody asks how.
    case allow
    /// It is run, and the program is told: once for each kind of query, until that is forgotten.
    case warn(@Sendable (UnindexedScan) -> Void)
    /// It is refused: ``StorageError/Code/missingIndex``.
    case fail
}
