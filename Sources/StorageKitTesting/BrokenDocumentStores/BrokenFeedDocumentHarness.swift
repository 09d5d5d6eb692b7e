public import StorageKit

/// A harness whose stores' feeds all have the same defect.
public struct BrokenFeedDocumentHarness<Sound: DocumentHarness>: DocumentHarness
where Sound.Subject: ChangeFeedDocumentStore {
    private let sound: Sound
    private let defect: DocumentFeedDefect

    /// Breaks the stores of a harness.
    public init(_ sound: Sound, _ defect: DocumentFeedDefect) {
        self.sound = sound
        self.defect = defect
    }

    /// A fresh store, broken.
    public func makeSubject() async throws -> BrokenFeedDocumentStore<Sound.Subject> {
        BrokenFeedDocumentStore(try await sound.makeSubject(), defect)
    }

    /// Gives back the store that was broken.
    public func tearDown(_ subject: BrokenFeedDocumentStore<Sound.Subject>) async throws {
        try await sound.tearDown(subject.base)
    }
}

extension DocumentLaws {
    /// Runs the laws of feeds on every defect of them, and reports what they caught.
    ///
    /// - Parameters:
    ///   - sound: Where the stores come from that are broken.
    ///   - seed: The seed of the cases' randomness.
    public static func feedKillReport<Sound: DocumentHarness>(
        breaking sound: Sound, seed: UInt64
    ) async -> KillReport where Sound.Subject: ChangeFeedDocumentStore {
        await KillReport(
            of: DocumentFeedDefect.allCases,
            cases: feedCases(for: BrokenFeedDocumentHarness<Sound>.self),
            meeting: .group, seed: seed
        ) { BrokenFeedDocumentHarness(sound, $0) }
    }
}
