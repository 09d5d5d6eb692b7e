public import StorageKit

/// A way to break a repository, and the law that has to notice.
public struct RepositoryDefect<Base: Repository>: ConformanceDefect, CustomStringConvertible {
    /// A call of the repository that is broken.
    public typealias Call = RepositoryCall<Base.Entity, Base.ID>
    /// The answer to one.
    public typealias Answer = RepositoryResult<Base.Entity, Base.ID>

    /// What is wrong, for example `insert-overwrites`.
    public let name: String

    /// The identifier of the case that is meant to catch it; others may catch it too.
    public let caughtBy: String

    /// Makes the behaviour of one broken subject; what it remembers is that subject's alone.
    let makeBehaviour: @Sendable () -> Behaviour

    /// How a broken store answers a call; `nil` for the right answer.
    public typealias Behaviour = @Sendable (Base, Call) async throws(StorageError) -> Answer?

    /// Creates a defect.
    ///
    /// - Parameters:
    ///   - name: What is wrong.
    ///   - caughtBy: The identifier of the case that is meant to catch it.
    ///   - makeBehaviour: Called once for each subject that is broken. What the behaviour has to
    ///     remember belongs in a `Mutex` that is made here.
    public init(
        _ name: String, caughtBy: String,
        makeBehaviour: @escaping @Sendable () -> Behaviour
    ) {
        self.name = name
        self.caughtBy = caughtBy
        self.makeBehaviour = makeBehaviour
    }

    /// The name.
    public var description: String { name }
}
