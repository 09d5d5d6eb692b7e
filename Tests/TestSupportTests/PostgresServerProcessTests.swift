import Foundation
import TestSupport
import Testing

@Suite(
    "A PostgreSQL server of a test's own",
    .enabled(if: TestServer.postgres.isExpected, TestServer.remedy), .timeLimit(.minutes(5)))
struct PostgresServerProcessTests {
    /// "SSLRequest": every server answers it with one letter, and nobody has to be known to it.
    private static let question: [UInt8] = [0, 0, 0, 8, 4, 210, 22, 47]
    private static let no = Array("N".utf8)

    private func processes(of server: PostgresServerProcess) throws -> [pid_t] {
        let first = try #require(server.processID)
        let (_, words) = try ChildProcess.run("pgrep", ["-P", "\(first)"])
        return [first] + words.split(whereSeparator: \.isNewline).compactMap { pid_t($0) }
    }

    @Test("stopped, it takes connections and says nothing until it is resumed")
    func stop() async throws {
        let server = try await PostgresServerProcess.start()
        try await server.stop()
        let socket = try PlainSocket(port: server.port)
        try socket.write(Self.question)
        #expect(server.isRunning)
        for process in try processes(of: server) {
            let (_, state) = try ChildProcess.run("ps", ["-o", "stat=", "-p", "\(process)"])
            // One that ended just before is a zombie until its parent goes on.
            let isStill = state.hasPrefix("T") || state.hasPrefix("Z")
            #expect(isStill, "process \(process) is not stopped but \(state)")
        }
        server.resume()
        #expect(try socket.read(1) == Self.no)
    }

    @Test(
        "is gone with all its processes when nobody holds it, stopped or not",
        arguments: [false, true])
    func release(isStopped: Bool) async throws {
        var server: PostgresServerProcess? = try await .start()
        let processes = try processes(of: try #require(server))
        #expect(processes.count > 3)
        if isStopped { try await server?.stop() }
        server = nil
        for process in processes { while kill(process, 0) == 0 { await Task.yield() } }
    }

    @Test("a standby is a server of its own, and PgBouncer another way to one")
    func others() async throws {
        let server = try await PostgresServerProcess.start()
        let standby = try await server.startStandby()
        let bouncer = try await PgBouncerProcess.start(to: server, poolSize: 1)
        #expect(Set([server.port, standby.port, bouncer.port]).count == 3)
        for port in [server.port, standby.port, bouncer.port] {
            let socket = try PlainSocket(port: port)
            try socket.write(Self.question)
            #expect(try socket.read(1) == Self.no)
        }
    }
}
