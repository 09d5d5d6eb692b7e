internal import StorageKit

/// A harness whose locks all have the same defect.
public struct BrokenAdvisoryLockHarness<Sound: AdvisoryLockHarness>: AdvisoryLockHarness {
    private let sound: Sound
    private let defect: AdvisoryLockDefect

    /// Breaks the locks of a harness.
    public init(_ sound: Sound, _ defect: AdvisoryLockDefect) {
        self.sound = sound
        self.defect = defect
    }

    /// Fresh locks, broken.
    public func makeSubject() async throws -> BrokenAdvisoryLocks<Sound.Subject> {
        BrokenAdvisoryLocks(try await sound.makeSubject(), defect, number: 1)
    }

    /// The same locks by way of another connection, with the same defect.
    public func makePeer(
        of subject: BrokenAdvisoryLocks<Sound.Subject>
    ) async throws -> BrokenAdvisoryLocks<Sound.Subject> {
        // What one has kept the other must find taken, so that it is the defect that is found.
        guard defect == .excludesItselfAlone else { return subject }
        let peer = try await sound.makePeer(of: subject.base)
        return BrokenAdvisoryLocks(peer, defect, number: subject.number + 1)
    }

    /// Gives back what was broken.
    public func tearDown(_ subject: BrokenAdvisoryLocks<Sound.Subject>) async throws {
        try await sound.tearDown(subject.base)
    }
}

extension AdvisoryLockLaws {
    /// Runs the laws on locks with each defect and reports what they caught.
    ///
    /// - Parameters:
    ///   - harness: Makes the sound locks that the defects break.
    ///   - seed: The seed of the cases' randomness.
    public static func killReport<Harness: AdvisoryLockHarness>(
        harness: Harness, seed: UInt64
    ) async -> KillReport {
        await KillReport(
            of: AdvisoryLockDefect.allCases, cases: cases(), meeting: .all, seed: seed
        ) { BrokenAdvisoryLockHarness(harness, $0) }
    }
}
