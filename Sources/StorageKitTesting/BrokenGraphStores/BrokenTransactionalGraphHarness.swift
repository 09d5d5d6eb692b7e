public import StorageKit

/// A harness whose graph stores' transactions all have the same defect.
public struct BrokenTransactionalGraphHarness<Sound: GraphHarness>: GraphHarness
where Sound.Subject: TransactionalGraphStore {
    private let sound: Sound
    private let defect: GraphTransactionDefect

    /// Breaks the stores of a harness.
    public init(_ sound: Sound, _ defect: GraphTransactionDefect) {
        self.sound = sound
        self.defect = defect
    }

    /// A fresh store, broken.
    public func makeSubject() async throws -> BrokenTransactionalGraphStore<Sound.Subject> {
        BrokenTransactionalGraphStore(try await sound.makeSubject(), defect)
    }

    /// Gives back the store that was broken.
    public func tearDown(
        _ subject: BrokenTransactionalGraphStore<Sound.Subject>
    ) async throws {
        try await sound.tearDown(subject.base)
    }
}

extension GraphLaws {
    /// Runs the laws of transactions on every defect of them, and reports what they caught.
    ///
    /// - Parameters:
    ///   - sound: Where the stores come from that are broken.
    ///   - seed: The seed of the cases' randomness.
    public static func transactionKillReport<Sound: GraphHarness>(
        breaking sound: Sound, seed: UInt64
    ) async -> KillReport where Sound.Subject: TransactionalGraphStore {
        await KillReport(
            of: GraphTransactionDefect.allCases,
            cases: transactionCases(for: BrokenTransactionalGraphHarness<Sound>.self),
            meeting: .group, seed: seed
        ) { BrokenTransactionalGraphHarness(sound, $0) }
    }
}
