public import StorageKit

/// A harness whose stores all have the same defect.
public struct BrokenRelationalHarness<Sound: RelationalHarness>: RelationalHarness {
    private let sound: Sound
    private let defect: RelationalDefect

    /// Breaks the stores of a harness.
    public init(_ sound: Sound, _ defect: RelationalDefect) {
        self.sound = sound
        self.defect = defect
    }

    /// A fresh store, broken.
    public func makeSubject() async throws -> BrokenRelationalStore<Sound.Subject> {
        BrokenRelationalStore(try await sound.makeSubject(), defect)
    }

    /// Gives back the store that was broken.
    public func tearDown(_ subject: BrokenRelationalStore<Sound.Subject>) async throws {
        try await sound.tearDown(subject.base)
    }

    /// That of what is broken.
    public func columnType(_ kind: SQLType) -> SQL { sound.columnType(kind) }
}

extension BrokenRelationalHarness: BoundedRelationalHarness where Sound: BoundedRelationalHarness {
    /// That of what is broken.
    public var boundedWriters: Int { sound.boundedWriters }

    /// A fresh store with little patience, broken.
    public func makeSubject(
        patience: Duration
    ) async throws -> BrokenRelationalStore<Sound.Subject> {
        BrokenRelationalStore(try await sound.makeSubject(patience: patience), defect)
    }
}
