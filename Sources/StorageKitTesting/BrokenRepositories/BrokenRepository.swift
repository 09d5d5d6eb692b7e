public import StorageKit

/// A repository with one defect: what the conformance kit is tested with.
public struct BrokenRepository<Base: Repository>: InterceptingRepository {
    /// What is stored.
    public typealias Entity = Base.Entity
    /// What it is found by.
    public typealias ID = Base.ID

    /// The repository that would do it right.
    public let base: Base

    private let behaviour: RepositoryDefect<Base>.Behaviour

    /// Breaks a repository.
    public init(_ base: Base, _ defect: RepositoryDefect<Base>) {
        self.base = base
        behaviour = defect.makeBehaviour()
    }

    /// Answers as the defect does, and rightly where the defect does not care.
    public func perform(
        _ call: RepositoryCall<Entity, ID>
    ) async throws(StorageError) -> RepositoryResult<Entity, ID> {
        if let answer = try await behaviour(base, call) { return answer }
        return try await call.result(on: base)
    }
}
