extension SQLiteConfiguration {
    /// What opening a database may do to its file.
    public enum Opening: String, Hashable, Sendable, CaseIterable {
        /// Makes the file when there is none.
        case creating
        /// Opens what is there; without a file the first call throws
        /// ``StorageError/Code/unavailable``.
        case existing
        /// Opens what is there and never writes: a write throws
        /// ``StorageError/Code/permissionDenied``. The journal is what it was; a reader beside
        /// writers needs their write-ahead log, so it has to be able to open, and where nobody else
        /// has the file open to make, `….db-wal` and `….db-shm`.
        case readOnly
    }
}
