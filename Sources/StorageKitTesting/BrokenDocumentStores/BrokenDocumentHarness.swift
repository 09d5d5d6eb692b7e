import StorageKit

/// A harness whose stores all have the same defect.
public struct BrokenDocumentHarness<Sound: DocumentHarness>: DocumentHarness {
    private let sound: Sound
    private let defect: DocumentDefect

    /// Breaks the stores of a harness.
    public init(_ sound: Sound, _ defect: DocumentDefect) {
        self.sound = sound
        self.defect = defect
    }

    /// A fresh store, broken.
    public func makeSubject() async throws -> BrokenDocumentStore<Sound.Subject> {
        BrokenDocumentStore(try await sound.makeSubject(), defect)
    }

    /// Gives back the store that was broken.
    public func tearDown(_ subject: BrokenDocumentStore<Sound.Subject>) async throws {
        try await sound.tearDown(subject.base)
    }
}

extension DocumentLaws {
    /// Runs the laws of the group that is meant to catch it on every defect, and reports what they
    /// caught.
    ///
    /// - Parameters:
    ///   - sound: Where the stores come from that are broken.
    ///   - seed: The seed of the cases' randomness.
    public static func killReport<Sound: DocumentHarness>(
        breaking sound: Sound, seed: UInt64
    ) async -> KillReport {
        await KillReport(
            of: DocumentDefect.allCases, cases: cases(for: BrokenDocumentHarness<Sound>.self),
            meeting: .group, seed: seed
        ) { BrokenDocumentHarness(sound, $0) }
    }
}
