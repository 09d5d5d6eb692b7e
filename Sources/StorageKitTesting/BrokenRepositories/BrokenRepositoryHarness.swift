public import StorageKit

/// A harness whose subjects all have the same defect.
public struct BrokenRepositoryHarness<Sound: RepositoryHarness>: RepositoryHarness {
    private let sound: Sound
    private let defect: RepositoryDefect<Sound.Subject>

    /// Breaks the subjects of a harness.
    public init(_ sound: Sound, _ defect: RepositoryDefect<Sound.Subject>) {
        self.sound = sound
        self.defect = defect
    }

    /// A fresh subject, broken.
    public func makeSubject() async throws -> BrokenRepository<Sound.Subject> {
        BrokenRepository(try await sound.makeSubject(), defect)
    }

    /// Gives back the subject that was broken.
    public func tearDown(_ subject: BrokenRepository<Sound.Subject>) async throws {
        try await sound.tearDown(subject.base)
    }

    /// The sound harness's identifier.
    public func identifier(_ number: Int) -> Sound.Subject.ID {
        sound.identifier(number)
    }

    /// The sound harness's entity.
    public func entity(_ number: Int, revision: Int) -> Sound.Subject.Entity {
        sound.entity(number, revision: revision)
    }
}

extension BrokenRepositoryHarness: RoundTripCountingHarness
where Sound: RoundTripCountingHarness {
    /// The round trips of the subject that was broken.
    public func roundTrips(of subject: BrokenRepository<Sound.Subject>) async throws -> Int {
        try await sound.roundTrips(of: subject.base)
    }
}
