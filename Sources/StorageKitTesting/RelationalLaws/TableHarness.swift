public import StorageKit

/// A table of a relational store as a repository, for `RepositoryLaws`.
///
/// ```swift
/// @Test(arguments: RepositoryLaws.cases(for: TableHarness<MyHarness>.self))
/// func keepsTheLawOfRepositories(law: ConformanceCase<TableHarness<MyHarness>>) async {
///     let harness = TableHarness(MyHarness())
///     let verdict = await ConformanceRunner(harness: harness, seed: 1).run(law)
///     #expect(verdict.isAcceptable, "\(verdict)")
/// }
/// ```
public struct TableHarness<Base: RelationalHarness>: RepositoryHarness
where Base.Subject: UpsertQuerying {
    private let base: Base

    /// Puts a table into the stores of a harness.
    public init(_ base: Base) { self.base = base }

    /// The table of specimens in a fresh store.
    public func makeSubject() async throws -> TableRepository<Base.Subject, Specimen> {
        let store = try await base.makeSubject()
        let (integer, text) = (base.columnType(.integer), base.columnType(.text))
        try await store.execute(
            """
            CREATE TABLE specimen (
                id \(integer) PRIMARY KEY, revision \(integer) NOT NULL, title \(text) NOT NULL,
                note \(text), weight \(base.columnType(.real)) NOT NULL,
                "count" \(integer) NOT NULL, "isDone" \(base.columnType(.boolean)) NOT NULL
            )
            """)
        return TableRepository("specimen", in: store)
    }

    /// Gives the store back.
    public func tearDown(_ subject: TableRepository<Base.Subject, Specimen>) async throws {
        try await base.tearDown(subject.database)
    }
}
