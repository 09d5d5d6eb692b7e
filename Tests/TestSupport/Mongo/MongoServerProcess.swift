package import Foundation
import Synchronization

/// A MongoDB server of a test's own, to be killed, stopped and restarted.
///
/// * It listens at a free port of the loopback interface, the same one after each restart. It is
///   in no replica set until the test makes it a member of one.
/// * Its data is in a temporary folder and survives restarts, its journal included.
/// * It ends with the last reference, with the process at the latest, see ``ChildProcess``.
///
/// Tests with it are enabled by `TestServer.mongoDB.isExpected`; the program is the one that
/// `STORAGEKIT_MONGOD` names, or `mongod` on the PATH.
package final class MongoServerProcess: Sendable {
    package let port: UInt16
    private let options: [String]
    private let folder: TemporaryFolder
    private let child = Mutex<ChildProcess?>(nil)

    /// Starts a server and returns when it takes connections.
    ///
    /// - Parameter options: Further ones of its command line, for example `--auth`.
    /// - Throws: ``TestFailure`` with the end of its log.
    package static func start(_ options: [String] = []) async throws -> MongoServerProcess {
        try await Waiting.onOwnThread {
            for _ in 0..<5 {
                let server = try MongoServerProcess(options, port: LoopbackPort.free())
                if try server.launch() { return server }
            }
            throw TestFailure("a MongoDB server lost five ports to other processes")
        }
    }

    private init(_ options: [String], port: UInt16) throws {
        self.options = options
        self.port = port
        folder = try TemporaryFolder()
        try FileManager.default.createDirectory(
            atPath: folder.file("data"), withIntermediateDirectories: false)
    }

    deinit { kill() }

    /// The address of this server alone, whatever replica set it is in.
    package var url: String { "mongodb://127.0.0.1:\(port)/?directConnection=true" }

    package var processID: pid_t? { child.withLock { $0?.processID } }
    package var isRunning: Bool { child.withLock { $0?.isRunning ?? false } }
    /// What it has printed since its last start.
    package var log: String { folder.text(of: "log") }

    /// Kills it with SIGKILL and returns when it has ended.
    package func kill() { child.withLock { $0 }?.kill() }

    /// Stops it with SIGSTOP and returns when it has stopped: it is there, and silent.
    package func stop() { child.withLock { $0 }?.stop() }

    /// Ends the silence.
    package func resume() { child.withLock { $0 }?.send(SIGCONT) }

    /// Starts it again at the same port and with the same data; kills it first if it runs.
    package func restart() async throws {
        kill()
        try await Waiting.onOwnThread { [self] in
            let hasStarted = try Waiting.poll { () -> Bool? in try launch() ? true : nil }
            guard hasStarted != nil else { throw TestFailure("port \(port) stays taken") }
        }
    }

    /// Starts the program and waits for it; returns `false` when its port is taken.
    private func launch() throws -> Bool {
        let child = try ChildProcess(
            ProcessInfo.processInfo.environment["STORAGEKIT_MONGOD"] ?? "mongod",
            [
                "--bind_ip", "127.0.0.1", "--port", "\(port)", "--dbpath", folder.file("data"),
                "--unixSocketPrefix", folder.path, "--wiredTigerCacheSizeGB", "0.25",
            ] + options, output: folder.file("log"))
        self.child.withLock { $0 = child }
        let hasStarted = Waiting.poll { () -> Bool? in
            if !child.isRunning { return false }
            return (try? PlainSocket(path: folder.file("mongodb-\(port).sock"))) != nil ? true : nil
        }
        if hasStarted == true { return true }
        child.kill()
        if log.contains("Address already in use") { return false }
        throw TestFailure("mongod did not start. Its last words:\n\(log.suffix(2000))")
    }
}
