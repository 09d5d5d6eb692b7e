internal import StorageKit

/// How each connection of a database is opened: all that they have in common.
struct SQLiteOpener: Sendable {
    let location: SQLiteLocation
    let configuration: SQLiteConfiguration
    let functions: [SQLiteFunction]
    let collations: [SQLiteCollation]
    let census: SQLiteCensus?

    /// Opens a connection and sets it up; on its thread.
    func session(_ role: SQLiteSession.Role) throws(StorageError) -> SQLiteSession {
        try SQLiteSession(self, role: role)
    }

    /// Opens the connection itself, with the user's functions and collations and those of decimal
    /// numbers, which nobody's may replace.
    func handle(_ role: SQLiteSession.Role) throws(StorageError) -> SQLiteHandle {
        let handle = try SQLiteHandle(
            location, opening(role),
            busyTimeout: role == .inPlace ? .zero : configuration.busyTimeout, census: census)
        for function in functions + SQLiteDecimals.functions { try handle.register(function) }
        for collation in collations + [SQLiteDecimals.collation] {
            try handle.register(collation)
        }
        return handle
    }

    /// A reader never makes the file: the writer does, and switches it to WAL.
    private func opening(
        _ role: SQLiteSession.Role
    ) throws(StorageError) -> SQLiteConfiguration.Opening {
        switch (location, configuration.opening) {
        case (.memory, .creating): return .creating
        case (.memory, _):
            throw StorageError(
                code: .invalidArgument,
                message: "a database in memory is always new; open it with .creating")
        case (.file, .creating): return role == .writer ? .creating : .existing
        case (.file, let opening): return opening
        }
    }
}
