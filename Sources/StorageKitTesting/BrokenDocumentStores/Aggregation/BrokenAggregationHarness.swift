public import StorageKit

/// A harness whose stores' pipelines all have the same defect.
public struct BrokenAggregationHarness<Sound: DocumentHarness>: DocumentHarness
where Sound.Subject: AggregatingDocumentQuerying {
    private let sound: Sound
    private let defect: DocumentAggregationDefect

    /// Breaks the stores of a harness.
    public init(_ sound: Sound, _ defect: DocumentAggregationDefect) {
        self.sound = sound
        self.defect = defect
    }

    /// A fresh store, broken.
    public func makeSubject() async throws -> BrokenAggregation<Sound.Subject> {
        BrokenAggregation(try await sound.makeSubject(), defect)
    }

    /// Gives back the store that was broken.
    public func tearDown(_ subject: BrokenAggregation<Sound.Subject>) async throws {
        try await sound.tearDown(subject.base)
    }
}

extension DocumentLaws {
    /// Runs the laws of pipelines of the group that is meant to catch it on every defect, and
    /// reports what they caught.
    ///
    /// - Parameters:
    ///   - sound: Where the stores come from that are broken.
    ///   - seed: The seed of the cases' randomness.
    public static func aggregationKillReport<Sound: DocumentHarness>(
        breaking sound: Sound, seed: UInt64
    ) async -> KillReport where Sound.Subject: AggregatingDocumentQuerying {
        await KillReport(
            of: DocumentAggregationDefect.allCases,
            cases: aggregationCases(for: BrokenAggregationHarness<Sound>.self), meeting: .group,
            seed: seed
        ) { BrokenAggregationHarness(sound, $0) }
    }
}
