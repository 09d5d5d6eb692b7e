import StorageKit
import Synchronization

/// A primary that need not send a note of a version that the reader has.
final class ConditionalPrimary: ConditionalRepository {
    let base: GatedPrimary
    private let asked = Mutex<[Int64]>([])
    private let gate = Mutex<Gate?>(nil)

    init(_ base: GatedPrimary) { self.base = base }

    /// The versions that readers said they had.
    var conditions: [Int64] { asked.withLock { $0 } }

    /// The next answer to who has a version is worked out and then held at the gate.
    func holdNextCondition() -> Gate {
        let gate = Gate()
        self.gate.withLock { $0 = gate }
        return gate
    }

    func version(of note: Note) -> CacheVersion { CacheVersion(Int64(note.version)) }

    func get(
        _ id: Int, unlessVersion version: CacheVersion
    ) async throws(StorageError) -> ConditionalRead<Note> {
        asked.withLock { $0.append(version.rawValue) }
        let note = base.note(id)
        try await gate.withLock { $0.take() }?.pass()
        guard let note else { return .absent }
        return self.version(of: note) == version ? .unchanged : .changed(note)
    }

    var limits: RepositoryLimits { base.limits }

    func get(_ id: Int) async throws(StorageError) -> Note? { try await base.get(id) }
    func get(_ ids: [Int]) async throws(StorageError) -> [Int: Note] { try await base.get(ids) }
    func insert(_ note: Note) async throws(StorageError) { try await base.insert(note) }
    func replace(_ note: Note) async throws(StorageError) { try await base.replace(note) }
    func upsert(_ note: Note) async throws(StorageError) { try await base.upsert(note) }
    func delete(_ id: Int) async throws(StorageError) -> Bool { try await base.delete(id) }
    func scan(after id: Int?, limit: Int) async throws(StorageError) -> Page<Note, Int> {
        try await base.scan(after: id, limit: limit)
    }
}
