/// What broken advisory locks do wrong, and the law that is meant to catch it.
public enum AdvisoryLockDefect: String, CaseIterable, ConformanceDefect {
    /// Everybody gets every lock.
    case excludesNobody
    /// Another connection does not see what is held.
    case excludesItselfAlone
    /// The body runs although the lock was not to be had.
    case runsWhenBusy
    /// A body that throws keeps its lock.
    case keepsWhenThrown
    /// Nobody waits.
    case neverWaits
    /// There is one lock for all keys.
    case hasOneLock
    /// A waiter that is cancelled is told that the lock is busy.
    case takesCancelledForBusy

    /// What is wrong: the case's own name.
    public var name: String { rawValue }

    /// The law that is meant to catch it.
    public var caughtBy: String {
        switch self {
        case .excludesNobody: "advisory-lock.excludes"
        case .excludesItselfAlone: "advisory-lock.same-key"
        case .runsWhenBusy: "advisory-lock.busy"
        case .keepsWhenThrown: "advisory-lock.released"
        case .neverWaits: "advisory-lock.waits"
        case .hasOneLock: "advisory-lock.keys-apart"
        case .takesCancelledForBusy: "advisory-lock.cancelled"
        }
    }
}
