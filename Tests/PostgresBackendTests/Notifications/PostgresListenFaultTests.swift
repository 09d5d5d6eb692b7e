import StorageKit
import TestSupport
import Testing

@testable import PostgresBackend

@Suite(
    "Listening to PostgreSQL when connections are lost",
    .enabled(if: TestServer.postgres.isExpected, TestServer.remedy), .timeLimit(.minutes(5)))
struct PostgresListenFaultTests {
    @Test("when its process is ended the subscription says so, and goes on")
    func terminated() async throws {
        let name = "listener \(UInt64.random(in: 0 ... .max))"
        try await PostgresWorld.with(.single(name)) { database in
            let admin = try PostgresWorld.admin
            let channel = "c\(UInt64.random(in: 0 ... .max))"
            var events = try await database.listen(to: [channel]).makeAsyncIterator()
            for round in 1...3 {
                let count = try await admin.first(
                    """
                    SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                    WHERE application_name = \(name)
                    """, as: Int.self)
                #expect(count == 1)
                #expect(try await events.next() == .resubscribed)
                try await admin.notify(channel, "\(round)")
                #expect(try await events.notification().payload == "\(round)")
            }
        }
    }

    @Test("a connection that is cut, and one that cannot be had for a while, are made anew")
    func cut() async throws {
        let server = try await PostgresServerProcess.start()
        let proxy = try TCPProxy(to: server.port)
        let database = try PostgresDatabase(server.url(port: proxy.port))
        let direct = try PostgresDatabase(server.url)
        var events = try await database.listen(to: ["a"]).makeAsyncIterator()
        proxy.refuseConnections()
        proxy.cut(.resetting)
        try await direct.notify("a", "lost")
        // Who asks meanwhile waits until there is a connection.
        let second = Task { try await database.listen(to: ["b"]) }
        try proxy.acceptConnections()
        #expect(try await events.next() == .resubscribed)
        var later = try await second.value.makeAsyncIterator()
        try await direct.notify("b", "2")
        #expect(try await later.notification().payload == "2")
        try await direct.notify("a", "3")
        #expect(try await events.notification().payload == "3")
        await database.close()
        await direct.close()
    }

    @Test("a server that is restarted is listened to again")
    func restarted() async throws {
        let server = try await PostgresServerProcess.start()
        let database = try PostgresDatabase(server.url)
        var events = try await database.listen(to: ["a"]).makeAsyncIterator()
        try await server.crash()
        try await server.restart()
        #expect(try await events.next() == .resubscribed)
        try await reached { await storageError { try await database.notify("a", "1") } == nil }
        #expect(try await events.notification().payload == "1")
        await database.close()
    }

    @Test("a standby refuses who listens, and is not asked again")
    func standby() async throws {
        let server = try await PostgresServerProcess.start()
        let database = try PostgresDatabase(server.url)
        let folder = try await database.first("SHOW data_directory", as: String.self)
        let signal = try #require(folder) + "/standby.signal"
        try await database.execute("COPY (SELECT 1) TO \(SQL(verbatim: "'\(signal)'"))")
        try await server.shutdown()
        try await server.restart()
        try await reached { await storageError { try await database.open() } == nil }
        let error = try await expectError(.permissionDenied) {
            _ = try await database.listen(to: ["a"])
        }
        #expect(error.native?.name == "25006" && error.statement == "LISTEN \"a\"")
        await database.close()
    }

    @Test("a server that does not confirm in time is lost and not one that refuses")
    func slow() async throws {
        let server = try await PostgresServerProcess.start()
        let proxy = try TCPProxy(to: server.port)
        var configuration = PostgresConfiguration()
        configuration.operationTimeout = .seconds(1)
        configuration.stopTimeout = .milliseconds(200)
        let database = try PostgresDatabase(
            server.url(port: proxy.port), configuration: configuration)
        let direct = try PostgresDatabase(server.url)
        var events = try await database.listen(to: ["a"]).makeAsyncIterator()
        proxy.swallow()
        let second = Task { try await database.listen(to: ["b"]) }
        // One to ask that the statement be stopped, and one in place of that which is given up.
        try await proxy.counts { $0.accepted >= 3 }
        proxy.pass()
        proxy.cut(.resetting)
        #expect(try await events.next() == .resubscribed)
        var later = try await second.value.makeAsyncIterator()
        try await direct.notify("b", "1")
        #expect(try await later.notification().payload == "1")
        await database.close()
        await direct.close()
    }

    @Test("closing does not wait for the confirmation of a server that is silent")
    func closedWhileSilent() async throws {
        let server = try await PostgresServerProcess.start()
        let proxy = try TCPProxy(to: server.port)
        let database = try PostgresDatabase(server.url(port: proxy.port))
        var events = try await database.listen(to: ["a"]).makeAsyncIterator()
        let sent = proxy.counts.fromClient.received
        proxy.swallow()
        let second = Task { try await database.listen(to: ["b"]) }
        try await proxy.counts { $0.fromClient.received > sent }
        await database.close()
        try await expectError(.invalidState) { _ = try await second.value }
        try await expectError(.invalidState) { _ = try await events.next() }
    }

    @Test("who listens to a server that answers nothing gives up in time, and can be cancelled")
    func deaf() async throws {
        let server = try await PostgresServerProcess.start()
        let proxy = try TCPProxy(to: server.port)
        proxy.swallow()
        var configuration = PostgresConfiguration()
        configuration.connectTimeout = .milliseconds(50)
        configuration.connectionTimeout = .milliseconds(200)
        let database = try PostgresDatabase(
            server.url(port: proxy.port), configuration: configuration)
        let error = try await expectError(.unavailable) {
            _ = try await database.listen(to: ["a"])
        }
        #expect(error.isRetryable && error.message.contains("connectTimeout"))
        let patient = try PostgresDatabase(server.url(port: proxy.port))
        let waiting = Task { try await patient.listen(to: ["a"]) }
        try await proxy.counts { $0.fromClient.received > 0 }
        waiting.cancel()
        try await expectError(.cancelled) { _ = try await waiting.value }
        proxy.pass()
        proxy.cut(.resetting)
        await database.close()
        await patient.close()
    }
}
