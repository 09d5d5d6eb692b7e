import StorageKit

/// A way to break a cache, and the law that has to notice.
public struct CacheDefect: ConformanceDefect, CustomStringConvertible {
    /// What is wrong, for example `invalidate-leaves-the-load`.
    public let name: String

    /// The identifier of the case that is meant to catch it; others may catch it too.
    public let caughtBy: String

    /// Makes the behaviour of one broken subject; what it remembers is that subject's alone.
    let makeBehaviour: @Sendable () -> CacheMisbehaviour

    /// Creates a defect that changes some of a model's calls.
    ///
    /// - Parameters:
    ///   - name: What is wrong.
    ///   - caughtBy: The identifier after `cache.` of the case that is meant to catch it.
    ///   - change: Called once for each subject that is broken.
    init(
        _ name: String, caughtBy: String,
        _ change: @escaping @Sendable (inout CacheMisbehaviour) -> Void
    ) {
        self.name = name
        self.caughtBy = "cache.\(caughtBy)"
        makeBehaviour = {
            var behaviour = CacheMisbehaviour()
            change(&behaviour)
            return behaviour
        }
    }

    /// The name.
    public var description: String { name }
}
