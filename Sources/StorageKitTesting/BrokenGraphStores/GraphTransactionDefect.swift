/// What a graph store does wrong with transactions, and the law that is meant to catch it.
public enum GraphTransactionDefect: String, ConformanceDefect, CaseIterable, Hashable, Sendable {
    /// Changes of nodes are not carried out.
    case losesUpdates
    /// What a body did that threw stays.
    case keepsWhatFailed
    /// Reads are of the store, as it was before.
    case readsBehind
    /// A transaction is the store itself: its writes are made at once, for all to see.
    case writesThrough
    /// A snapshot is the store as it is now.
    case snapshotsMove
    /// Reads are of the moment when the transaction was asked for.
    case readsEarlier
    /// A transaction goes on after a refused write.
    case goesOn
    /// The store can be used inside.
    case letsStoreIn
    /// A cancelled task's transaction is committed.
    case ignoresCancellation
    /// A transaction that is over is the store.
    case staysOpen

    /// The defect's name.
    public var name: String { rawValue }

    /// The case that is meant to notice.
    public var caughtBy: String {
        let expectation =
            switch self {
            case .losesUpdates: "all"
            case .keepsWhatFailed: "none"
            case .readsBehind: "own-writes"
            case .writesThrough: "unseen"
            case .snapshotsMove: "snapshot"
            case .readsEarlier: "increments"
            case .goesOn: "refused-write"
            case .letsStoreIn: "store-inside"
            case .ignoresCancellation: "cancelled"
            case .staysOpen: "over"
            }
        return "graph.transaction.\(expectation)"
    }
}
