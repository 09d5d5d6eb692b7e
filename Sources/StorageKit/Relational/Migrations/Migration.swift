/// One step of a schema from its beginning to the present: a name, and the statements that take the
/// database there from the step before.
///
/// ```swift
/// Migration("create-todo", "CREATE TABLE todo (id INTEGER PRIMARY KEY, title TEXT NOT NULL)")
/// Migration(
///     "add-done",
///     "ALTER TABLE todo ADD COLUMN done INTEGER NOT NULL DEFAULT 0",
///     "CREATE INDEX todo_done ON todo (done)")
/// ```
///
/// Once it has been applied anywhere it is history: neither its name nor its statements may change.
/// What is to be different is a further migration.
public struct Migration: Hashable, Sendable {
    /// What it is known by, unique among the migrations of a database.
    public let name: String
    /// What it does: one statement each, all or none of them.
    public let statements: [SQL]

    /// Creates a migration.
    ///
    /// - Parameters:
    ///   - name: What it is known by. Its place in ``Migrations`` is its order, so it needs no
    ///     number.
    ///   - statements: One statement each, in the words of the database. They run in a transaction:
    ///     a statement that cannot, such as SQLite's `VACUUM`, belongs elsewhere.
    public init(_ name: String, _ statements: SQL...) {
        self.init(name, statements: statements)
    }

    /// Creates a migration of statements that are at hand as an array.
    public init(_ name: String, statements: [SQL]) {
        self.name = name
        self.statements = statements
    }

    /// Migrations are the same when their names and the texts of their statements are.
    public static func == (left: Migration, right: Migration) -> Bool {
        left.name == right.name
            && left.statements.map(\.description) == right.statements.map(\.description)
    }

    /// Hashes the name.
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension Migration: CustomStringConvertible {
    /// The name, and the statements with their values withheld.
    public var description: String {
        ([name + ":"] + statements.map { "  \($0);" }).joined(separator: "\n")
    }
}
