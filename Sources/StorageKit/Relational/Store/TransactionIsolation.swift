/// How much of other transactions a transaction may notice: the levels of the SQL standard, each
/// with what it excludes.
///
/// A database may give more than was asked for, never less (SQLite is always serializable). The
/// anomalies are those of Berenson et al., "A Critique of ANSI SQL Isolation Levels" (SIGMOD 1995).
public enum TransactionIsolation: String, Hashable, Sendable, CaseIterable {
    /// No dirty reads: each statement sees what was committed before the statement began.
    case readCommitted
    /// One snapshot besides: no unrepeatable reads and no phantoms. Write skew is possible; of two
    /// that update the same row one fails with ``StorageError/Code/conflict``.
    case repeatableRead
    /// As if the transactions had run one after the other; one that would not fit fails with
    /// ``StorageError/Code/conflict`` and may be run again.
    case serializable
}
