import StorageKit
import Testing

@testable import PostgresBackend

/// Waits until it is so; the test's time limit is the bound.
func reached(_ isReached: () async throws -> Bool) async throws {
    while try await !isReached() { await Task.yield() }
}

extension PostgresDatabase {
    /// How many statements with this text the server is at, whoever has sent them.
    func runningStatements(like pattern: String) async throws -> Int {
        try await first(
            """
            SELECT count(*) FROM pg_stat_activity
            WHERE state = 'active' AND pid <> pg_backend_pid() AND query LIKE \(pattern)
            """, as: Int.self) ?? 0
    }

    /// How many connections with this application name the server has.
    func connections(named name: String) async throws -> Int {
        try await first(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = \(name)",
            as: Int.self) ?? 0
    }
}

extension PostgresConfiguration {
    /// With one connection, and a name to be found by.
    static func single(_ name: String = "StorageKit") -> PostgresConfiguration {
        var configuration = PostgresConfiguration()
        configuration.maximumConnections = 1
        configuration.applicationName = name
        return configuration
    }
}

/// The error that a task has thrown.
func storageError<Value>(_ body: () async throws -> Value) async -> StorageError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? StorageError
    }
}
