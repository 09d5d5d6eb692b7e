import RelationalBackend
import StorageKit
import TestSupport

extension QueryTables {
    /// A database with the tables and nothing in them.
    static func empty() async throws -> SQLiteDatabase {
        let database = SQLiteDatabase(.memory)
        try await create(on: database, ending: "STRICT", sqliteColumnType)
        return database
    }

    /// A database with the rows in its tables.
    static func filled() async throws -> SQLiteDatabase {
        let database = try await empty()
        try await fill(database)
        return database
    }
}
