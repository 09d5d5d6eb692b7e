package import Foundation
import Synchronization

/// A Redis server of a test's own, to be killed, stopped and restarted.
///
/// * It listens at a free port of the loopback interface, the same one after each restart, and at a
///   socket in its folder. Through the latter ``command(_:)`` and ``info(_:)`` look at it whatever
///   its password, its port's TLS and its memory are; they are a client as well, of the user
///   `control`, which the test may see in the lists of clients and the statistics of commands.
/// * Its data is in a temporary folder and survives restarts as far as the server has stored it.
/// * It ends with the last reference, with the process at the latest, see ``ChildProcess``.
///
/// Tests with it need a `redis-server` on the PATH and are enabled by
/// `TestServer.redis.isExpected`.
package final class RedisServerProcess: Sendable {
    package let port: UInt16
    package let options: RedisServerOptions
    private let folder: TemporaryFolder
    private let control = UUID().uuidString
    private let child = Mutex<ChildProcess?>(nil)

    /// Starts a server and returns when it answers.
    ///
    /// - Throws: ``TestFailure`` with the end of its log.
    package static func start(
        _ options: RedisServerOptions = RedisServerOptions()
    ) async throws -> RedisServerProcess {
        try await Waiting.onOwnThread {
            for _ in 0..<5 {
                let server = try RedisServerProcess(options, port: LoopbackPort.free())
                if try server.launch(untilLoaded: true) { return server }
            }
            throw TestFailure("a Redis server lost five ports to other processes")
        }
    }

    private init(_ options: RedisServerOptions, port: UInt16) throws {
        self.options = options
        self.port = port
        folder = try TemporaryFolder()
        try folder.write(
            options.configuration(port: port, folder: folder, control: control), to: "redis.conf")
    }

    deinit { kill() }

    /// The address, with the default user's password if there is one.
    package var url: String { url(port: port) }

    /// The address with the port of a ``TCPProxy`` in place of its own.
    package func url(port: UInt16) -> String {
        let scheme = options.tls == nil ? "redis" : "rediss"
        return "\(scheme)://\(options.password.map { ":\($0)@" } ?? "")127.0.0.1:\(port)"
    }

    /// The path of its socket, which never speaks TLS.
    package var socketPath: String { folder.file("redis.sock") }

    /// The address of its socket.
    ///
    /// - Parameters:
    ///   - credentials: `user:password`, percent-encoded; of the default user if there is none.
    ///   - database: The number of the database.
    package func socketURL(_ credentials: String? = nil, database: Int = 0) -> String {
        let credentials = credentials ?? options.password.map { ":\($0)" }
        return "unix://\(credentials.map { "\($0)@" } ?? "")\(socketPath)?db=\(database)"
    }

    package var processID: pid_t? { child.withLock { $0?.processID } }
    package var isRunning: Bool { child.withLock { $0?.isRunning ?? false } }
    /// What it has printed since its last start.
    package var log: String { folder.text(of: "log") }
}

// Faults.
extension RedisServerProcess {
    /// Kills it with SIGKILL and returns when it has ended.
    package func kill() { child.withLock { $0 }?.kill() }

    /// Stops it with SIGSTOP and returns when it has stopped: connections stay, and even new ones
    /// are made by the kernel, but nothing answers.
    package func stop() { child.withLock { $0 }?.stop() }

    /// Lets it go on with SIGCONT.
    package func resume() { child.withLock { $0 }?.send(SIGCONT) }

    /// Has it end in order, with SIGTERM, and returns when it has ended.
    package func shutdown() async throws {
        guard let child = child.withLock({ $0 }) else { return }
        child.send(SIGTERM)
        let code = try await Waiting.onOwnThread { try child.waitForExit() }
        guard code == 0 else { throw TestFailure("the server ended with \(code):\n\(log)") }
    }

    /// Starts it again at the same port and with the same data; kills it first if it runs.
    ///
    /// - Parameter untilLoaded: Whether to wait until its data is loaded; otherwise it returns when
    ///   the server answers at all, be it with LOADING.
    package func restart(untilLoaded: Bool = true) async throws {
        kill()
        try await Waiting.onOwnThread { [self] in
            let hasStarted = try Waiting.poll { () -> Bool? in
                try launch(untilLoaded: untilLoaded) ? true : nil
            }
            guard hasStarted != nil else { throw TestFailure("port \(port) stays taken") }
        }
    }

    /// Starts the program and waits for it; returns `false` when its port is taken.
    private func launch(untilLoaded: Bool) throws -> Bool {
        let child = try ChildProcess(
            "redis-server", [folder.file("redis.conf")], output: folder.file("log"))
        self.child.withLock { $0 = child }
        let hasStarted = Waiting.poll { () -> Bool? in
            if !child.isRunning { return false }
            return isReady(child, untilLoaded: untilLoaded) ? true : nil
        }
        if hasStarted == true { return true }
        child.kill()
        if log.contains("Address already in use") { return false }
        throw TestFailure("redis-server did not start. Its last words:\n\(log.suffix(2000))")
    }

    /// The process id tells ours from another server, should one ever get at our socket.
    private func isReady(_ child: ChildProcess, untilLoaded: Bool) -> Bool {
        guard let info = try? info() else { return false }
        guard info["process_id"] == "\(child.processID)" else { return false }
        return !untilLoaded || info["loading"] == "0"
    }
}

// Looking at it.
extension RedisServerProcess {
    /// Runs a command as the user `control`, who may do everything, on a connection for it alone.
    ///
    /// It blocks until the answer is there; do not ask a server that is stopped.
    @discardableResult
    package func command(_ arguments: String...) throws -> RedisAnswer {
        let conversation = RedisConversation(over: try PlainSocket(path: socketPath))
        let greeting = try conversation.command(["AUTH", "control", control])
        guard greeting == .status("OK") else { throw TestFailure("AUTH: \(greeting)") }
        return try conversation.command(arguments)
    }

    /// The fields of INFO, of one section or of the usual ones.
    package func info(_ section: String = "default") throws -> [String: String] {
        let answer = try command("INFO", section)
        guard let text = answer.text else { throw TestFailure("INFO: \(answer)") }
        let fields = text.split(whereSeparator: \.isNewline).compactMap { line in
            line.wholeMatch(of: /(\w+):(.*)/).map { (String($0.1), String($0.2)) }
        }
        return Dictionary(fields) { _, last in last }
    }

    /// How often it has executed a command, in lower case, since it started or since
    /// `CONFIG RESETSTAT`.
    package func callCount(of command: String) throws -> Int {
        guard let statistics = try info("commandstats")["cmdstat_\(command)"] else { return 0 }
        guard let calls = statistics.firstMatch(of: /calls=(\d+)/), let count = Int(calls.1) else {
            throw TestFailure("INFO commandstats has no calls: \(statistics)")
        }
        return count
    }
}
