public import StorageKit

/// A harness whose stores of validations all have the same defect.
public struct BrokenValidatingDocumentHarness<Sound: DocumentHarness>: DocumentHarness
where Sound.Subject: ValidatingDocumentStore {
    private let sound: Sound
    private let defect: DocumentValidationDefect

    /// Breaks the stores of a harness.
    public init(_ sound: Sound, _ defect: DocumentValidationDefect) {
        self.sound = sound
        self.defect = defect
    }

    /// A fresh store, broken.
    public func makeSubject() async throws -> BrokenValidatingDocumentStore<Sound.Subject> {
        BrokenValidatingDocumentStore(try await sound.makeSubject(), defect)
    }

    /// Gives back the store that was broken.
    public func tearDown(
        _ subject: BrokenValidatingDocumentStore<Sound.Subject>
    ) async throws { try await sound.tearDown(subject.base) }
}

extension DocumentLaws {
    /// Runs the laws of validations on every defect that they are meant to catch, and reports what
    /// they caught.
    public static func validationKillReport<Sound: DocumentHarness>(
        breaking sound: Sound, seed: UInt64
    ) async -> KillReport where Sound.Subject: ValidatingDocumentStore {
        typealias Broken = BrokenValidatingDocumentHarness<Sound>
        return await KillReport(
            of: DocumentValidationDefect.allCases, cases: validationCases(for: Broken.self),
            meeting: .group, seed: seed
        ) { Broken(sound, $0) }
    }
}
