import StorageKit

/// A harness whose subjects all have the same defect, and whose time stands still until moved.
public struct BrokenCacheHarness: CacheHarness {
    private let defect: CacheDefect
    private let clock = ManualClock()

    /// How long a law waits in vain: not long, because what does not come will not.
    public let patience: Duration

    /// The largest number of entries of a subject that keeps its bound.
    public let capacity: Int? = 100

    /// Breaks models.
    public init(_ defect: CacheDefect, patience: Duration = .milliseconds(200)) {
        self.defect = defect
        self.patience = patience
    }

    /// A fresh subject, broken.
    public func makeSubject() async throws -> BrokenCache {
        BrokenCache(ModelCache(capacity: capacity, clock: clock), defect)
    }

    /// Moves the clock of all subjects.
    public func letPass(_ time: Duration, for subject: BrokenCache) async throws {
        clock.advance(by: time)
    }
}
