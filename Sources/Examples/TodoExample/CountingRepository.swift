import StorageKit
import Synchronization

/// Counts the reads by id that reach a repository: the example's proof of what the cache saved.
final class CountingRepository<Base: Repository>: Repository {
    private let base: Base
    private let count = Atomic(0)

    init(_ base: Base) { self.base = base }

    /// How many reads by id came through, a batch as one.
    var reads: Int { count.load(ordering: .relaxed) }

    var limits: RepositoryLimits { base.limits }

    func get(_ id: Base.ID) async throws(StorageError) -> Base.Entity? {
        count.add(1, ordering: .relaxed)
        return try await base.get(id)
    }

    func get(_ ids: [Base.ID]) async throws(StorageError) -> [Base.ID: Base.Entity] {
        count.add(1, ordering: .relaxed)
        return try await base.get(ids)
    }

    func insert(_ entity: Base.Entity) async throws(StorageError) {
        try await base.insert(entity)
    }

    func replace(_ entity: Base.Entity) async throws(StorageError) {
        try await base.replace(entity)
    }

    func upsert(_ entity: Base.Entity) async throws(StorageError) {
        try await base.upsert(entity)
    }

    func delete(_ id: Base.ID) async throws(StorageError) -> Bool { try await base.delete(id) }

    func scan(
        after id: Base.ID?, limit: Int
    ) async throws(StorageError) -> Page<Base.Entity, Base.ID> {
        try await base.scan(after: id, limit: limit)
    }
}
