import StorageKit
import TestSupport

@testable import PostgresBackend

/// A primary, a standby that follows it, and a database that knows both.
struct ReplicaWorld {
    let primary: PostgresServerProcess
    let standby: PostgresServerProcess
    let database: PostgresDatabase
    /// Each by itself.
    let onPrimary: PostgresDatabase
    let onStandby: PostgresDatabase

    /// Starts both.
    ///
    /// - Parameter commit: How far the standby has to be for a commit on the primary to return.
    init(commit: String, _ configuration: PostgresConfiguration = .init()) async throws {
        primary = try await PostgresServerProcess.start()
        onPrimary = try PostgresDatabase(primary.url)
        standby = try await primary.startStandby()
        onStandby = try PostgresDatabase(standby.url)
        var configuration = configuration
        configuration.readRoute = .preferStandby
        database = try PostgresDatabase(
            Self.address(primary, standby), configuration: configuration)
        try await onPrimary.execute("CREATE TABLE t (id int PRIMARY KEY)")
        try await onPrimary.execute(
            "ALTER SYSTEM SET synchronous_commit = \(SQL(verbatim: commit))")
        try await onPrimary.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
        try await onPrimary.execute("SELECT pg_reload_conf()")
        try await reached {
            try await onPrimary.first(
                "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'", as: Int.self)
                == 1
        }
        try await reached {
            try await onStandby.first(
                "SELECT count(*) FROM pg_class WHERE relname = 't'", as: Int.self) == 1
        }
    }

    private static func address(
        _ primary: PostgresServerProcess, _ standby: PostgresServerProcess
    ) -> String {
        "postgresql://postgres:\(primary.password)@127.0.0.1:\(primary.port),"
            + "127.0.0.1:\(standby.port)/postgres?target_session_attrs=read-write"
    }

    func end() async {
        await database.close()
        await onStandby.close()
        await onPrimary.close()
    }
}

extension RelationalQuerying {
    /// Whether the server that answers is a standby.
    func isStandby() async throws -> Bool? {
        try await first("SELECT pg_is_in_recovery()", as: Bool.self)
    }
}
