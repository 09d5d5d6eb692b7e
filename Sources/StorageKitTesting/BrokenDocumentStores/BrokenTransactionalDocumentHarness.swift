public import StorageKit

/// A harness whose stores' transactions all have the same defect.
public struct BrokenTransactionalDocumentHarness<Sound: DocumentHarness>: DocumentHarness
where Sound.Subject: TransactionalDocumentStore {
    private let sound: Sound
    private let defect: DocumentTransactionDefect

    /// Breaks the stores of a harness.
    public init(_ sound: Sound, _ defect: DocumentTransactionDefect) {
        self.sound = sound
        self.defect = defect
    }

    /// A fresh store, broken.
    public func makeSubject() async throws -> BrokenTransactionalDocumentStore<Sound.Subject> {
        BrokenTransactionalDocumentStore(try await sound.makeSubject(), defect)
    }

    /// Gives back the store that was broken.
    public func tearDown(
        _ subject: BrokenTransactionalDocumentStore<Sound.Subject>
    ) async throws {
        try await sound.tearDown(subject.base)
    }
}

extension DocumentLaws {
    /// Runs the laws of transactions on every defect of them, and reports what they caught.
    ///
    /// - Parameters:
    ///   - sound: Where the stores come from that are broken.
    ///   - seed: The seed of the cases' randomness.
    public static func transactionKillReport<Sound: DocumentHarness>(
        breaking sound: Sound, seed: UInt64
    ) async -> KillReport where Sound.Subject: TransactionalDocumentStore {
        await KillReport(
            of: DocumentTransactionDefect.allCases,
            cases: transactionCases(for: BrokenTransactionalDocumentHarness<Sound>.self),
            meeting: .group, seed: seed
        ) { BrokenTransactionalDocumentHarness(sound, $0) }
    }
}
