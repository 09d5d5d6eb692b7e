import StorageKit
import StorageKitTesting

/// Makes models whose limits are small enough to be passed and whose time stands still.
struct ModelKeyValueHarness: MovableClockHarness, KeyValueRoundTripCountingHarness {
    private let clock = ManualClock()
    var limits = KeyValueLimits(
        maximumKeyBytes: 600, maximumValueBytes: 100_000, maximumElementsPerCall: 300,
        maximumCommandsPerBatch: 200)

    func makeSubject() async throws -> ModelKeyValueStore {
        ModelKeyValueStore(limits: limits, clock: clock)
    }

    func advanceTime(by time: Duration, for subject: ModelKeyValueStore) async throws {
        clock.advance(by: time)
    }

    func roundTrips(of subject: ModelKeyValueStore) async throws -> Int { subject.requestCount }
}
