public import StorageKit

/// A repository that tells somebody of every call and its result.
public struct RecordingRepository<Base: Repository>: InterceptingRepository {
    /// What is stored.
    public typealias Entity = Base.Entity
    /// What it is found by.
    public typealias ID = Base.ID
    /// What is told after a call has ended: the call and its result or error.
    public typealias Recorder =
        @Sendable (
            RepositoryCall<Entity, ID>, Result<RepositoryResult<Entity, ID>, StorageError>
        ) -> Void

    /// The repository the calls go to.
    public let base: Base

    private let record: Recorder

    /// Creates a wrapper that tells `record` of every call, in the task that made it.
    public init(_ base: Base, record: @escaping Recorder) {
        self.base = base
        self.record = record
    }

    /// Makes the call and tells of it.
    public func perform(
        _ call: RepositoryCall<Entity, ID>
    ) async throws(StorageError) -> RepositoryResult<Entity, ID> {
        let outcome = await call.outcome(on: base)
        record(call, outcome)
        return try outcome.get()
    }
}

extension RepositoryCall {
    /// Makes the call and gives its error as a value too.
    public func outcome<Store: Repository>(
        on store: Store
    ) async -> Result<RepositoryResult<Entity, ID>, StorageError>
    where Store.Entity == Entity, Store.ID == ID {
        do {
            return .success(try await result(on: store))
        } catch {
            return .failure(error)
        }
    }
}
