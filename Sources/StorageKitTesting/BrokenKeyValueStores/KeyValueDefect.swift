import StorageKit

/// A way to break a key-value store, and the law that has to notice.
public struct KeyValueDefect: ConformanceDefect, CustomStringConvertible {
    /// What is wrong, for example `set-keeps-the-expiry`.
    public let name: String

    /// The identifier of the case that is meant to catch it; others may catch it too.
    public let caughtBy: String

    /// Makes the behaviour of one broken subject; what it remembers is that subject's alone.
    let makeBehaviour: @Sendable () -> KeyValueMisbehaviour

    /// Creates a defect.
    ///
    /// - Parameters:
    ///   - name: What is wrong.
    ///   - caughtBy: The identifier of the case that is meant to catch it.
    ///   - makeBehaviour: Called once for each subject that is broken. What the behaviour has to
    ///     remember belongs in a `Mutex` that is made here.
    public init(
        _ name: String, caughtBy: String,
        makeBehaviour: @escaping @Sendable () -> KeyValueMisbehaviour
    ) {
        self.name = name
        self.caughtBy = caughtBy
        self.makeBehaviour = makeBehaviour
    }

    /// The name.
    public var description: String { name }
}
