import StorageKit

/// A harness whose graph stores all have the same defect.
public struct BrokenGraphHarness<Sound: GraphHarness>: GraphHarness {
    private let sound: Sound
    private let defect: GraphDefect

    /// Breaks the stores of a harness.
    public init(_ sound: Sound, _ defect: GraphDefect) {
        self.sound = sound
        self.defect = defect
    }

    /// A fresh store, broken.
    public func makeSubject() async throws -> BrokenGraphStore<Sound.Subject> {
        BrokenGraphStore(try await sound.makeSubject(), defect)
    }

    /// Gives back the store that was broken.
    public func tearDown(_ subject: BrokenGraphStore<Sound.Subject>) async throws {
        try await sound.tearDown(subject.base)
    }
}

extension GraphLaws {
    /// Runs the laws on every defect, and reports what they caught.
    ///
    /// - Parameters:
    ///   - sound: Where the stores come from that are broken.
    ///   - seed: The seed of the cases' randomness.
    public static func killReport<Sound: GraphHarness>(
        breaking sound: Sound, seed: UInt64
    ) async -> KillReport {
        await KillReport(
            of: GraphDefect.allCases, cases: cases(for: BrokenGraphHarness<Sound>.self),
            meeting: .group, seed: seed
        ) { BrokenGraphHarness(sound, $0) }
    }
}
