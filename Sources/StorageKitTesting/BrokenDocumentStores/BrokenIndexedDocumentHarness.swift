public import StorageKit

/// A harness whose stores of indexes all have the same defect.
public struct BrokenIndexedDocumentHarness<Sound: DocumentHarness>: DocumentHarness
where Sound.Subject: IndexedDocumentStore & ExplainingDocumentStore {
    private let sound: Sound
    private let defect: DocumentIndexDefect

    /// Breaks the stores of a harness.
    public init(_ sound: Sound, _ defect: DocumentIndexDefect) {
        self.sound = sound
        self.defect = defect
    }

    /// A fresh store, broken.
    public func makeSubject() async throws -> BrokenIndexedDocumentStore<Sound.Subject> {
        BrokenIndexedDocumentStore(try await sound.makeSubject(), defect)
    }

    /// Gives back the store that was broken.
    public func tearDown(
        _ subject: BrokenIndexedDocumentStore<Sound.Subject>
    ) async throws { try await sound.tearDown(subject.base) }
}

extension DocumentLaws {
    /// Runs the laws of indexes and plans on every defect that they are meant to catch, and reports
    /// what they caught.
    public static func indexKillReport<Sound: DocumentHarness>(
        breaking sound: Sound, seed: UInt64
    ) async -> KillReport where Sound.Subject: IndexedDocumentStore & ExplainingDocumentStore {
        typealias Broken = BrokenIndexedDocumentHarness<Sound>
        return await KillReport(
            of: DocumentIndexDefect.allCases,
            cases: indexCases(for: Broken.self) + explainCases(for: Broken.self), meeting: .group,
            seed: seed
        ) { Broken(sound, $0) }
    }
}
