import StorageKit

/// The writes that the laws of cancellation cancel: each takes a number from one state to another.
enum CancelledWrite: CaseIterable, Sendable {
    case insert, replace, upsert, delete

    /// The revision before the write, `nil` when there is none.
    private var before: Int? { self == .insert ? nil : 0 }

    /// The revision after the write.
    private var after: Int? { self == .delete ? nil : 1 }

    /// Brings about the state before the write.
    func prepare(_ number: Int, _ scene: RepositoryScene<some RepositoryHarness>) async throws {
        if before != nil { try await scene.fill([number]) }
    }

    /// Makes the write.
    func perform(_ number: Int, _ scene: RepositoryScene<some RepositoryHarness>) async throws {
        switch self {
        case .insert: try await scene.store.insert(scene.entity(number, 1))
        case .replace: try await scene.store.replace(scene.entity(number, 1))
        case .upsert: try await scene.store.upsert(scene.entity(number, 1))
        case .delete: try await scene.store.delete(scene.id(number))
        }
    }

    /// Expects the state that follows from how the write ended.
    func judge(
        _ outcome: Result<Void, any Error>, _ number: Int,
        _ scene: RepositoryScene<some RepositoryHarness>
    ) async throws {
        switch outcome {
        case .success:
            try await scene.expect(number, is: after, "after a \(self) that returned")
        case .failure(let error as StorageError) where error.code == .cancelled:
            // A write in doubt may still be on its way: nothing can be expected of it.
            guard !error.mayHaveBeenApplied else { return }
            try await scene.expect(number, is: before, "after a \(self) that was cancelled")
        case .failure(let error):
            throw ConformanceFailure(
                expected: "a \(self) in a cancelled task to return or to throw cancelled",
                seen: "the error \(error)")
        }
    }
}
