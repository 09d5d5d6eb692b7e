import StorageKit

/// What a relational law works with: a store with one table, and its expectations.
///
/// ```
///  thing    id       INTEGER PRIMARY KEY
///           name     TEXT NOT NULL UNIQUE
///           number   INTEGER NOT NULL, not below 0
///           parent   INTEGER, a thing
/// ```
struct RelationalScene<Harness: RelationalHarness>: ConformanceScene {
    typealias Store = Harness.Subject

    struct Oops: Error {}

    let store: Store
    let harness: Harness
    let context: ConformanceContext

    init(
        _ harness: Harness, _ store: Store, _ context: ConformanceContext
    ) async throws(StorageError) {
        self.store = store
        self.harness = harness
        self.context = context
        try await store.execute(
            """
            CREATE TABLE thing (
                id INTEGER PRIMARY KEY,
                name TEXT NOT NULL UNIQUE,
                number INTEGER NOT NULL CHECK (number >= 0),
                parent INTEGER REFERENCES thing
            )
            """)
    }

    /// Inserts things with the numbers as identifiers, names and numbers.
    @discardableResult
    func insert(
        _ ids: some Sequence<Int>, on database: some RelationalQuerying
    ) async throws(StorageError) -> Int {
        let rows = ids.map { "(\($0), \("thing \($0)"), \($0))" as SQL }.joined(separator: ", ")
        return try await database.execute("INSERT INTO thing (id, name, number) VALUES \(rows)")
            .rowCount
    }

    /// The identifiers of all things, in order.
    func ids(on database: some RelationalQuerying) async throws(StorageError) -> [Int] {
        try await database.query("SELECT id FROM thing ORDER BY id", as: Int.self, limit: 10_000)
    }

    /// Expects these things and no others, seen from outside of every transaction.
    func expect(_ expected: [Int], _ what: String) async throws {
        try context.expectEqual(try await ids(on: store), expected, "the things \(what)")
    }

    /// Runs a body that has to throw ``Oops``.
    func expectOops(_ what: String, _ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch is Oops {
            return
        }
        throw ConformanceFailure(expected: "\(what) to throw the body's error", seen: "no error")
    }
}
