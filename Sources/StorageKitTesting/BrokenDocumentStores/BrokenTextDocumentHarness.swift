public import StorageKit

/// A harness whose stores of text searches all have the same defect.
public struct BrokenTextDocumentHarness<Sound: DocumentHarness>: DocumentHarness
where Sound.Subject: TextSearchingDocumentStore {
    private let sound: Sound
    private let defect: DocumentTextDefect

    /// Breaks the stores of a harness.
    public init(_ sound: Sound, _ defect: DocumentTextDefect) {
        self.sound = sound
        self.defect = defect
    }

    /// A fresh store, broken.
    public func makeSubject() async throws -> BrokenTextDocumentStore<Sound.Subject> {
        BrokenTextDocumentStore(try await sound.makeSubject(), defect)
    }

    /// Gives back the store that was broken.
    public func tearDown(
        _ subject: BrokenTextDocumentStore<Sound.Subject>
    ) async throws { try await sound.tearDown(subject.base) }
}

extension DocumentLaws {
    /// Runs the laws of text searches on every defect that they are meant to catch, and reports
    /// what they caught.
    public static func textKillReport<Sound: DocumentHarness>(
        breaking sound: Sound, seed: UInt64
    ) async -> KillReport where Sound.Subject: TextSearchingDocumentStore {
        typealias Broken = BrokenTextDocumentHarness<Sound>
        return await KillReport(
            of: DocumentTextDefect.allCases, cases: textCases(for: Broken.self),
            meeting: .group, seed: seed
        ) { Broken(sound, $0) }
    }
}
