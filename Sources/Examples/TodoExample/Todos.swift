import StorageKit

/// The table of the tasks, for typed statements.
struct Todos: TableDescription {
    typealias Row = Todo
    static let name = "todo"
    let id = TableColumn<Int>("id")
    let title = TableColumn<String>("title")
    let done = TableColumn<Bool>("done")
}

extension Todos {
    /// Makes the table where it is missing.
    static func create(in database: some RelationalStore) async throws(StorageError) {
        try await database.execute(
            """
            CREATE TABLE IF NOT EXISTS todo (
                id BIGINT PRIMARY KEY, title TEXT NOT NULL, done BOOLEAN NOT NULL
            )
            """)
    }

    /// The largest id in use, 0 in an empty list.
    static func lastID(in database: some RelationalStore) async throws(StorageError) -> Int {
        try await database.first("SELECT coalesce(max(id), 0) FROM todo", as: Int.self) ?? 0
    }
}
