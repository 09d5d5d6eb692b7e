public import StorageKit

/// A harness whose subjects all have the same defect, and whose time stands still until moved.
public struct BrokenKeyValueHarness: MovableClockHarness, KeyValueRoundTripCountingHarness {
    private let defect: KeyValueDefect
    private let limits: KeyValueLimits
    private let clock = ManualClock()

    /// How long a law waits in vain: not long, because what does not come will not.
    public let patience: Duration

    /// Breaks models.
    ///
    /// - Parameters:
    ///   - defect: What is wrong with them.
    ///   - limits: Their limits; small ones make limits cheap to pass.
    ///   - patience: How long a law waits in vain.
    public init(
        _ defect: KeyValueDefect, limits: KeyValueLimits, patience: Duration = .milliseconds(200)
    ) {
        self.defect = defect
        self.limits = limits
        self.patience = patience
    }

    /// A fresh subject, broken.
    public func makeSubject() async throws -> BrokenKeyValueStore {
        BrokenKeyValueStore(ModelKeyValueStore(limits: limits, clock: clock), defect)
    }

    /// Moves the clock of all subjects.
    public func advanceTime(by time: Duration, for subject: BrokenKeyValueStore) async throws {
        clock.advance(by: time)
    }

    /// The requests that the model has got.
    public func roundTrips(of subject: BrokenKeyValueStore) async throws -> Int {
        subject.model.requestCount
    }
}
