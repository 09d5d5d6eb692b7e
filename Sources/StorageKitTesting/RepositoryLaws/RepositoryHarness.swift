public import StorageKit

/// How ``RepositoryLaws`` gets a repository and what it puts into it.
///
/// A backend's author writes five lines; with ``Specimen`` as the entity it is less.
///
/// ```swift
/// struct TodoHarness: RepositoryHarness {
///     func makeSubject() async throws -> TodoStore { try await TodoStore(path: .memory) }
///     func identifier(_ number: Int) -> Int { number }
///     func entity(_ number: Int, revision: Int) -> Todo { Todo(id: number, text: "\(revision)") }
/// }
/// ```
public protocol RepositoryHarness<Subject>: ConformanceHarness
where Subject: Repository, Subject.Entity: Equatable {
    /// The identifier of a number, another one for each. Numbers begin at 0.
    func identifier(_ number: Int) -> Subject.ID

    /// An entity with the number's identifier, another one for each revision.
    ///
    /// Let as many fields as possible change with the revision: the laws find a mixture of two
    /// revisions by its being equal to neither.
    func entity(_ number: Int, revision: Int) -> Subject.Entity
}

extension RepositoryHarness where Subject.Entity == Specimen {
    /// The number itself.
    public func identifier(_ number: Int) -> Int { number }

    /// The specimen.
    public func entity(_ number: Int, revision: Int) -> Specimen {
        Specimen(number: number, revision: revision)
    }
}
