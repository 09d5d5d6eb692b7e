import Foundation

/// PgBouncer in front of a PostgreSQL server of a test's own, in its transaction mode.
///
/// A session with it is one of the server's for as long as a transaction lasts. It lets everybody
/// in, and knows the server's administrator. It ends with the last reference, with the process at
/// the latest.
package final class PgBouncerProcess: Sendable {
    package let port: UInt16
    private let server: PostgresServerProcess
    private let folder: TemporaryFolder
    private let child: ChildProcess

    /// Starts one and returns when it answers.
    ///
    /// - Parameter poolSize: How many sessions it has with each database of the server's.
    package static func start(
        to server: PostgresServerProcess, poolSize: Int
    ) async throws -> PgBouncerProcess {
        try await Waiting.onOwnThread {
            for _ in 0..<5 {
                let bouncer = try PgBouncerProcess(server, poolSize, LoopbackPort.free())
                if try bouncer.answers() { return bouncer }
            }
            throw TestFailure("PgBouncer lost five ports to other processes")
        }
    }

    private init(_ server: PostgresServerProcess, _ poolSize: Int, _ port: UInt16) throws {
        self.server = server
        self.port = port
        folder = try TemporaryFolder()
        try folder.write("\"postgres\" \"\(server.password)\"\n", to: "users")
        try folder.write(
            """
            [databases]
            * = host=127.0.0.1 port=\(server.port)
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = \(port)
            unix_socket_dir =
            auth_type = trust
            auth_file = \(folder.file("users"))
            pool_mode = transaction
            default_pool_size = \(poolSize)
            max_client_conn = 500

            """, to: "settings")
        try PostgresPrograms.giveToServer(folder.path)
        child = try ChildProcess(
            "setpriv",
            PostgresPrograms.userOptions + [
                "--pdeathsig", "KILL", Self.program, folder.file("settings"),
            ], output: folder.file("log"))
    }

    deinit { child.kill() }

    /// Debian keeps it where not everybody's PATH leads to.
    private static var program: String {
        let path = "/usr/sbin/pgbouncer"
        return FileManager.default.isExecutableFile(atPath: path) ? path : "pgbouncer"
    }

    /// The address of a database by way of it.
    package func url(database: String = "postgres") -> String {
        "postgresql://postgres@127.0.0.1:\(port)/\(database)"
    }

    private func answers() throws -> Bool {
        let hasStarted = Waiting.poll { () -> Bool? in
            if !child.isRunning { return false }
            return (try? PlainSocket(port: port)) == nil ? nil : true
        }
        if hasStarted == true { return true }
        let words = folder.text(of: "log")
        if words.contains("Address already in use") { return false }
        throw TestFailure("pgbouncer did not start. Its last words:\n\(words.suffix(2000))")
    }
}
