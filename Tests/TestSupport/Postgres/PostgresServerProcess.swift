package import Foundation
import Synchronization

/// A PostgreSQL server of a test's own, to be killed, stopped and restarted.
///
/// * It listens at a free port of the loopback interface, the same one after each restart. Its
///   administrator is `postgres`, with the password ``password``.
/// * Its data is in a temporary folder. What was acknowledged survives its death, unless the test
///   says that it need not.
/// * It refuses to run as root; there it runs as the user `postgres`.
/// * It ends with the last reference, with the process at the latest, see ``ChildProcess``.
///
/// Tests with it need the server's programs and are enabled by `TestServer.postgres.isExpected`.
package final class PostgresServerProcess: Sendable {
    package let port: UInt16
    package let password: String
    private let settings: [String: String]
    private let folder: TemporaryFolder
    private let child = Mutex<ChildProcess?>(nil)
    /// Its processes that were stopped beside the first one.
    private let stopped = Mutex<[pid_t]>([])

    /// Starts a server and returns when it answers.
    ///
    /// - Parameters:
    ///   - settings: Lines of `postgresql.conf`.
    ///   - identity: The certificate that it shows, if it is to speak TLS.
    /// - Throws: ``TestFailure`` with the end of its log.
    package static func start(
        settings: [String: String] = [:], identity: TestCertificates.Identity? = nil
    ) async throws -> PostgresServerProcess {
        try await start {
            try PostgresServerProcess(settings, identity, LoopbackPort.free())
        }
    }

    /// Starts a standby of this server, and returns when it answers: a copy that follows it.
    package func startStandby() async throws -> PostgresServerProcess {
        try await Self.start { [self] in
            try PostgresServerProcess(copying: self, LoopbackPort.free())
        }
    }

    private static func start(
        _ make: @escaping @Sendable () throws -> PostgresServerProcess
    ) async throws -> PostgresServerProcess {
        try await Waiting.onOwnThread {
            for _ in 0..<5 {
                let server = try make()
                if try server.launch() { return server }
            }
            throw TestFailure("a PostgreSQL server lost five ports to other processes")
        }
    }

    private init(copying primary: PostgresServerProcess, _ port: UInt16) throws {
        self.port = port
        password = primary.password
        settings = primary.settings
        folder = try TemporaryFolder()
        try PostgresPrograms.giveToServer(folder.path)
        try PostgresPrograms.run(
            "pg_basebackup",
            [
                "--dbname=\(primary.url)", "--pgdata=\(folder.file("data"))", "--no-sync",
                "--write-recovery-conf", "--checkpoint=fast", "--wal-method=stream",
            ])
    }

    private init(
        _ settings: [String: String], _ identity: TestCertificates.Identity?, _ port: UInt16
    ) throws {
        self.port = port
        var settings = settings
        password = UUID().uuidString
        folder = try TemporaryFolder()
        try folder.write(password, to: "password")
        try PostgresPrograms.giveToServer(folder.path)
        try PostgresPrograms.run(
            "initdb",
            [
                "--pgdata=\(folder.file("data"))", "--username=postgres",
                "--auth=scram-sha-256", "--pwfile=\(folder.file("password"))",
                "--encoding=UTF8", "--locale=C", "--no-sync",
            ])
        if let identity {
            for (file, name) in [(identity.certificate, "tls.crt"), (identity.key, "tls.key")] {
                try FileManager.default.copyItem(atPath: file, toPath: folder.file(name))
                chmod(folder.file(name), 0o600)
                settings[name == "tls.crt" ? "ssl_cert_file" : "ssl_key_file"] =
                    folder.file(name)
            }
            settings["ssl"] = "on"
            try PostgresPrograms.giveToServer(folder.path)
        }
        self.settings = settings
    }

    deinit { kill() }

    /// The address of the administrator.
    package var url: String { url(port: port) }

    /// The address with the port of a ``TCPProxy`` in place of its own.
    package func url(port: UInt16) -> String {
        "postgresql://postgres:\(password)@127.0.0.1:\(port)/postgres"
    }

    /// The first of its processes.
    package var processID: pid_t? { child.withLock { $0?.processID } }

    package var isRunning: Bool { child.withLock { $0?.isRunning ?? false } }
    /// What it has printed since its last start.
    package var log: String { folder.text(of: "log") }

    private func launch() throws -> Bool {
        let options = settings.sorted { $0.key < $1.key }.flatMap {
            ["-c", "\($0.key)=\($0.value)"]
        }
        let child = try ChildProcess(
            "setpriv",
            PostgresPrograms.userOptions + [
                "--pdeathsig", "KILL", PostgresPrograms.path(of: "postgres"), "-D",
                folder.file("data"), "-c", "listen_addresses=127.0.0.1", "-c", "port=\(port)",
                "-c", "unix_socket_directories=\(folder.path)", "-c", "full_page_writes=off",
                "-c", "recovery_init_sync_method=syncfs",
            ] + options, output: folder.file("log"))
        self.child.withLock { $0 = child }
        let hasStarted = try Waiting.poll { () -> Bool? in
            if !child.isRunning { return false }
            let ready = try ChildProcess.run(
                PostgresPrograms.path(of: "pg_isready"),
                ["--host=\(folder.path)", "--port=\(port)"])
            return ready.code == 0 ? true : nil
        }
        if hasStarted == true { return true }
        let words = log
        child.kill()
        if words.contains("Address already in use") || words.contains("shared memory") {
            return false
        }
        throw TestFailure("postgres did not start. Its last words:\n\(words.suffix(2000))")
    }
}

// Faults.
extension PostgresServerProcess {
    /// Kills it with SIGKILL and returns when it has ended.
    ///
    /// Its processes notice that and end by themselves.
    package func kill() {
        child.withLock { $0 }?.kill()
        // One that is stopped would never notice.
        signalStopped(SIGCONT)
    }

    /// Stops all its processes in their tracks: it is there, and silent, until ``resume()``.
    package func stop() async throws {
        guard let child = child.withLock({ $0 }) else { return }
        try await Waiting.onOwnThread { [self] in
            // None comes after the first one is stopped.
            child.stop()
            let (_, words) = try ChildProcess.run("pgrep", ["-P", "\(child.processID)"])
            let others = words.split(whereSeparator: \.isNewline).compactMap { pid_t($0) }
            stopped.withLock { $0 = others }
            signalStopped(SIGSTOP)
        }
    }

    /// Ends the silence.
    package func resume() {
        child.withLock { $0 }?.send(SIGCONT)
        signalStopped(SIGCONT)
    }

    private func signalStopped(_ signal: Int32) {
        stopped.withLock { processes in
            for process in processes { _ = Foundation.kill(process, signal) }
            if signal == SIGCONT { processes = [] }
        }
    }

    /// Ends it at once, as after a crash, with every process of its own.
    package func crash() async throws { try await end(with: SIGQUIT) }

    /// Has it end in order: whoever is connected is told and cut off.
    package func shutdown() async throws { try await end(with: SIGINT) }

    private func end(with signal: Int32) async throws {
        guard let child = child.withLock({ $0 }) else { return }
        child.send(signal)
        _ = try await Waiting.onOwnThread { try child.waitForExit() }
    }

    /// Starts it again at the same port and with the same data; kills it first if it runs.
    package func restart() async throws {
        kill()
        try await Waiting.onOwnThread { [self] in
            // The processes of one that was killed hold its port and memory a little longer.
            let hasStarted = try Waiting.poll { () -> Bool? in try launch() ? true : nil }
            guard hasStarted != nil else { throw TestFailure("port \(port) stays taken") }
        }
    }
}
