import Foundation
import StorageKit
import StorageKitTesting
import Testing

@testable import StorageKitInMemory

/// The seed of this run: `STORAGEKIT_SEED` in the environment, or the same one every time.
let testSeed: UInt64 =
    ProcessInfo.processInfo.environment["STORAGEKIT_SEED"].flatMap(UInt64.init) ?? 20_260_101

/// A store on a clock that the test moves.
struct World {
    let clock: ManualClock
    let store: InMemoryKeyValueStore

    init(stripes: Int = 8, subscriptionCapacity: Int = 4) {
        let clock = ManualClock()
        self.clock = clock
        store = InMemoryKeyValueStore(
            limits: KeyValueLimits(), subscriptionCapacity: subscriptionCapacity, clock: clock,
            stripeCount: stripes)
    }

    /// Starts a call that waits, and returns when it does.
    func waiting<Success: Sendable>(
        _ body: @escaping @Sendable (InMemoryKeyValueStore) async throws -> Success
    ) async -> Task<Success, any Error> {
        let before = clock.sleepers
        let task = Task { [store] in try await body(store) }
        await clock.waitForSleepers(before + 1)
        return task
    }

    /// Starts a call that waits for lists.
    func popping(_ keys: ByteString...) async -> Task<ListElement?, any Error> {
        await waiting { try await $0.listPop(fromFirstOf: keys, .first, waitingUpTo: .seconds(60)) }
    }
}

extension InMemoryKeyValueStore {
    /// How many waits are queued, those included that are over.
    var queuedWaits: Int {
        var count = 0
        stripes.forEach { stripe in
            for queue in stripe.waiting.values { count += queue.count }
        }
        return count
    }

    /// How many keys are kept, those included that have vanished.
    var keptKeys: Int {
        var count = 0
        stripes.forEach { count += $0.entries.count }
        return count
    }
}

/// The error that a call throws, or `nil` when it throws none.
func thrown<Success>(_ body: () async throws -> Success) async -> StorageError.Code? {
    do {
        _ = try await body()
        return nil
    } catch {
        return (error as? StorageError)?.code
    }
}

/// An element of a list.
func element(_ key: ByteString, _ value: ByteString) -> ListElement {
    ListElement(key: key, value: value)
}
