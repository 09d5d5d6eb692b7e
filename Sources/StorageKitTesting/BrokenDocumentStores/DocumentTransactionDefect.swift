/// What a document store does wrong with transactions, and the law that is meant to catch it.
public enum DocumentTransactionDefect: String, ConformanceDefect, CaseIterable, Hashable, Sendable {
    /// What is written to a second collection is lost.
    case commitsOneCollection
    /// What a body did that threw stays.
    case keepsWhatFailed
    /// Reads are of the store, as it was before.
    case readsBehind
    /// Writes are made at once, for all to see.
    case writesThrough
    /// Until it writes, a transaction reads what is newest.
    case readsNewest
    /// A transaction that was refused for a conflict returns as if it had been committed.
    case concealsConflicts
    /// A conflict is not to be tried again.
    case fearsConflicts
    /// The second write of a transaction is lost.
    case losesSecondWrite
    /// The store can be used inside.
    case letsStoreIn
    /// A transaction goes on after a refused insert.
    case goesOn
    /// A cancelled task's transaction is committed.
    case ignoresCancellation
    /// A transaction that is over is the store.
    case staysOpen
    /// A sequence ends after a batch.
    case endsSequences
    /// A collection has to be there.
    case wantsCollections

    /// The defect's name.
    public var name: String { rawValue }

    /// The case that is meant to notice.
    public var caughtBy: String {
        let expectation =
            switch self {
            case .commitsOneCollection: "all"
            case .keepsWhatFailed: "none"
            case .readsBehind: "own-writes"
            case .writesThrough: "unseen"
            case .readsNewest: "snapshot"
            case .concealsConflicts: "conflict"
            case .fearsConflicts: "increments"
            case .losesSecondWrite: "one-moment"
            case .letsStoreIn: "store-inside"
            case .goesOn: "refused-write"
            case .ignoresCancellation: "cancelled"
            case .staysOpen: "over"
            case .endsSequences: "sequence"
            case .wantsCollections: "new-collection"
            }
        return "document.transaction.\(expectation)"
    }
}
