/// A way to break a subject, and the case that has to notice.
///
/// A gallery of them shows what the cases of a family are worth: see ``KillReport``.
public protocol ConformanceDefect: Sendable {
    /// What is wrong, for example `insert-overwrites`.
    var name: String { get }

    /// The identifier of the case that is meant to catch it; others may catch it too.
    var caughtBy: String { get }
}
