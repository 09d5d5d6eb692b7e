import StorageKit

/// A call for the one entity of a history, which is known by its revision.
enum EntityOperation: Hashable, Sendable {
    case get, delete
    case insert(Int), replace(Int), upsert(Int)

    /// The revisions that a history writes.
    static let revisions = 0..<20

    static func random(revision: Int, using generator: inout SeededGenerator) -> Self {
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: .delete
        case 1: .insert(revision)
        case 2: .replace(revision)
        case 3: .upsert(revision)
        default: .get
        }
    }

    /// What the call does to a store that holds one revision or nothing.
    func apply(to state: inout Int?) -> EntityAnswer {
        switch self {
        case .get: return .found(state)
        case .delete:
            defer { state = nil }
            return .removed(state != nil)
        case .insert(let revision): return write(revision, to: &state, if: state == nil)
        case .replace(let revision): return write(revision, to: &state, if: state != nil)
        case .upsert(let revision): return write(revision, to: &state, if: true)
        }
    }

    private func write(_ revision: Int, to state: inout Int?, if may: Bool) -> EntityAnswer {
        guard may else { return .refused }
        state = revision
        return .written
    }

    /// Makes the call.
    func perform(
        _ number: Int, _ scene: RepositoryScene<some RepositoryHarness>
    ) async throws -> EntityAnswer {
        switch self {
        case .get: return .found(try await revision(number, scene))
        case .delete: return .removed(try await scene.store.delete(scene.id(number)))
        case .insert(let revision):
            return try await written(but: .alreadyExists, scene) {
                try await scene.store.insert(scene.entity(number, revision))
            }
        case .replace(let revision):
            return try await written(but: .notFound, scene) {
                try await scene.store.replace(scene.entity(number, revision))
            }
        case .upsert(let revision):
            try await scene.store.upsert(scene.entity(number, revision))
            return .written
        }
    }

    private func written(
        but code: StorageError.Code, _ scene: RepositoryScene<some RepositoryHarness>,
        _ write: () async throws -> Void
    ) async throws -> EntityAnswer {
        try await scene.succeeds(but: code, write) ? .written : .refused
    }

    /// The revision that is stored; an entity equal to none that was written fails the case.
    private func revision(
        _ number: Int, _ scene: RepositoryScene<some RepositoryHarness>
    ) async throws -> Int? {
        guard let seen = try await scene.store.get(scene.id(number)) else { return nil }
        guard let revision = Self.revisions.first(where: { scene.entity(number, $0) == seen })
        else {
            throw ConformanceFailure(
                expected: "an entity that was written, whole", seen: "\(seen)")
        }
        return revision
    }
}

/// What the store says to an ``EntityOperation``.
enum EntityAnswer: Hashable, Sendable {
    case found(Int?)
    case removed(Bool)
    case written, refused
}
