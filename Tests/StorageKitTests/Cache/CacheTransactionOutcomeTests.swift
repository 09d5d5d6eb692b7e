import StorageKitTesting
import Testing

@testable import StorageKit

@Suite("The outcome of a transaction", .timeLimit(.minutes(5)))
struct CacheTransactionOutcomeTests {
    /// How a commit ends of which nobody knows whether it was carried out.
    enum Silence: CaseIterable, Sendable {
        case cancelled, driver, lost

        var error: any Error {
            switch self {
            case .cancelled: CancellationError()
            case .driver: DriverError()
            case .lost:
                StorageError(code: .unavailable, message: "lost", mayHaveBeenApplied: true)
            }
        }
    }

    struct DriverError: Error {}

    private let world = PolicyWorld()

    /// A transaction that is carried out after its commit has thrown.
    private func writeAndLose(_ notes: PolicyWorld.Notes, _ silence: Silence) async throws {
        await #expect(throws: (any Error).self) {
            try await CacheTransaction.run { scope in
                try await notes.within(scope, primary: world.primary).noteWrite(1)
                throw silence.error
            }
        }
    }

    @Test(
        "is unknown when the error does not say: nothing is filled for a while",
        arguments: Silence.allCases)
    func unknown(silence: Silence) async throws {
        let notes = world.notes { $0.unknownWriteTime = .seconds(10) }
        try await writeAndLose(notes, silence)
        #expect(try await notes.get(1)?.version == 0, "it has not landed yet")
        #expect(world.cache.stored(1) == nil, "so what was read is not kept")
        world.primary.store(Note(id: 1, version: 1))
        #expect(try await notes.get(1)?.version == 1)
        world.clock.advance(by: .seconds(10))
        // This reader settles the doubt, or the task does that the clock has woken.
        while world.cache.coordinator.hasDoubts { _ = try await notes.get(1) }
        _ = try await notes.get(1)
        #expect(try await notes.read(1).source == .cache)
    }

    @Test(
        "is unknown when the error does not say: a strict barrier stays",
        arguments: Silence.allCases)
    func strict(silence: Silence) async throws {
        let notes = world.notes().strict()
        try await writeAndLose(notes, silence)
        #expect(world.cache.calls == ["beginWrites"])
    }

    @Test("is known when a storage error says that nothing was changed")
    func known() async throws {
        let notes = world.notes().strict()
        await expectCode(.conflict) {
            try await CacheTransaction.run { scope in
                try await notes.within(scope, primary: world.primary).noteWrite(1)
                throw StorageError(code: .conflict, message: "")
            }
        }
        #expect(world.cache.calls == ["beginWrites", "endWrites"])
    }
}
