/// What a connection is wanted for.
public enum TransactionAccess: String, Hashable, Sendable, CaseIterable {
    /// Reading alone: a write throws ``StorageError/Code/permissionDenied``. It may run beside a
    /// writer, or on a replica.
    case readOnly
    /// Reading and writing.
    case readWrite
}
