import Foundation
import StorageKit
import Synchronization
import TestSupport
import Testing

@testable import KeyValueBackend

@Suite(
    "A server at a socket file", .enabled(if: TestServer.redis.isExpected, TestServer.remedy),
    .timeLimit(.minutes(5)))
struct RedisSocketFileTests {
    @Test("a password, a user and a database of the address are used")
    func address() async throws {
        var options = RedisServerOptions()
        options.password = "s3cret/of@us"
        options.users = ["worker on >w0rk ~app:* +@all"]
        let server = try await RedisServerProcess.start(options)
        defer { withExtendedLifetime(server) {} }
        let store = try RedisStore(url: server.socketURL(":s3cret%2Fof%40us", database: 3))
        try await store.set("app:k", to: "v")
        #expect(try server.info("keyspace")["db3"] != nil)
        let worker = try RedisStore(url: server.socketURL("worker:w0rk", database: 3))
        #expect(try await worker.get("app:k") == "v")
        let beside = try RedisStore(url: server.socketURL("worker:w0rk", database: 2))
        #expect(try await beside.get("app:k") == nil)
        let denied = try await expectError(.permissionDenied) { _ = try await worker.get("k") }
        #expect(denied.native?.name == "NOPERM")
    }

    @Test("a wrong password or database is told at once, as what it is")
    func refusals() async throws {
        var options = RedisServerOptions()
        options.password = "s3cret"
        let server = try await RedisServerProcess.start(options)
        defer { withExtendedLifetime(server) {} }
        for (url, code, name): (String, StorageError.Code, String) in [
            (server.socketURL(":guess-of-mine"), .unauthenticated, "WRONGPASS"),
            ("unix://\(server.socketPath)", .unauthenticated, "NOAUTH"),
            (server.socketURL(database: 999), .invalidArgument, "ERR"),
        ] {
            let store = try RedisStore(
                url: url, configuration: .patient.with { $0.operationTimeout = .seconds(600) })
            let error = try await expectError(code) { _ = try await store.increment("n") }
            #expect(error.native?.name == name && !error.mayHaveBeenApplied)
            #expect(!error.allWords.contains("guess-of-mine"))
        }
    }

    @Test("a path as long as the system takes is one, and a longer one is refused as an address")
    func longPath() async throws {
        let server = try await RedisServerProcess.start()
        defer { withExtendedLifetime(server) {} }
        let folder = try TemporaryFolder()
        let missing = SocketAddress.maximumPathBytes - folder.file("").utf8.count
        let path = folder.file(String(repeating: "a", count: missing))
        try FileManager.default.createSymbolicLink(
            atPath: path, withDestinationPath: server.socketPath)
        let store = try RedisStore(RedisAddress(.unix(path: path)))
        try await store.ping()
        let error = try await expectError(.invalidArgument) {
            _ = try RedisStore(url: "unix://\(path)a")
        }
        #expect(error.message.contains("\(SocketAddress.maximumPathBytes + 1) bytes"), "\(error)")
        // Whoever comes by the address of a socket in another way is not cut short either.
        #expect(throws: StorageError.self) { try SocketAddress(unixSocket: path + "a") }
    }

    @Test("no file, and a file that nobody listens at, are waited for and then said to be why")
    func noServer() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("redis.sock")
        let store = try RedisStore(url: "unix://\(path)", configuration: .patient)
        let quick = store.timeout(.milliseconds(200))
        let missing = try await expectError(.unavailable) { try await quick.increment("n") }
        #expect(missing.native?.name == "ENOENT", "\(missing)")
        #expect(!missing.mayHaveBeenApplied && missing.isRetryable)
        try folder.write("no socket", to: "redis.sock")
        let deaf = try await expectError(.unavailable) { try await quick.increment("n") }
        #expect(deaf.native?.name == "ECONNREFUSED", "\(deaf)")
        #expect(!deaf.mayHaveBeenApplied && deaf.isRetryable)
        // A server that comes to be there is found by who still waits.
        let call = Task { try await store.increment("n") }
        let server = try await RedisServerProcess.start()
        defer { withExtendedLifetime(server) {} }
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.createSymbolicLink(
            atPath: path, withDestinationPath: server.socketPath)
        #expect(try await call.value == 1)
    }

    @Test("a server that is killed, or ends in order, and comes back is the same to the store")
    func restarts() async throws {
        // It keeps nothing, so that it never says LOADING to who waits for it.
        let server = try await RedisServerProcess.start()
        defer { withExtendedLifetime(server) {} }
        let store = try RedisStore(url: server.socketURL(), configuration: .patient)
        let quick = store.timeout(.milliseconds(200))
        var events = try await store.subscribe(to: ["c"]).makeAsyncIterator()
        #expect(try await store.increment("n") == 1)
        for round in 1...4 {
            // What is killed leaves its file behind, what ends in order does not.
            if round.isMultiple(of: 2) { server.kill() } else { try await server.shutdown() }
            try await expectError(.unavailable) { try await quick.ping() }
            let error = try await expectError(.unavailable) { try await quick.increment("n") }
            let why = round.isMultiple(of: 2) ? "ECONNREFUSED" : "ENOENT"
            #expect(error.native?.name == why && !error.mayHaveBeenApplied, "\(error)")
            let waiting = Task { try await store.increment("n") }
            try await server.restart()
            #expect(try await waiting.value == 1)
            #expect(try await events.next() == .resubscribed)
        }
    }

    @Test("who may not write to the file is told so at once, and served when it may")
    func permission() async throws {
        let server = try await RedisServerProcess.start()
        defer { withExtendedLifetime(server) {} }
        try setPermissions(0, of: server.socketPath)
        let loop = EventLoop()
        let bystander = Bystander()
        try loop.start { thread in
            bystander.stay(on: thread)
            #expect(throws: Never.self) { try FileRights.renounce() }
        }
        var configuration = RedisConfiguration(unixSocket: server.socketPath)
        configuration.operationTimeout = .seconds(600)
        let node = RedisNode(configuration, on: loop)
        let error = await storageError {
            _ = try await node.send(RedisCommand("INCR", "n"))
        }
        #expect(
            error?.code == .permissionDenied && error?.native?.name == "EACCES",
            "\(String(describing: error))")
        #expect(error?.isRetryable == false && error?.mayHaveBeenApplied == false)
        #expect(error?.message.contains("the right to write") == true)
        try setPermissions(0o777, of: server.socketPath)
        try setPermissions(0o711, of: (server.socketPath as NSString).deletingLastPathComponent)
        // The refusal stands until the next attempt, which comes with the back-off.
        let end = ContinuousClock.now + .seconds(60)
        var reply = try? await node.send(RedisCommand("INCR", "n"))
        while reply == nil, ContinuousClock.now < end {
            await Task.yield()
            reply = try? await node.send(RedisCommand("INCR", "n"))
        }
        #expect(reply == .integer(1))
        await node.close()
        loop.enqueue { thread in bystander.leave(thread) }
    }

    @Test("a server that hangs with a full backlog is tried again, and nobody is forgotten")
    func fullBacklog() async throws {
        var options = RedisServerOptions()
        options.lines = ["tcp-backlog 1"]
        let server = try await RedisServerProcess.start(options)
        defer { withExtendedLifetime(server) {} }
        let stores = try (0..<6).map { _ in
            try RedisStore(url: server.socketURL(), configuration: .patient)
        }
        server.stop()
        var refused = 0
        for store in stores {
            let error = await storageError {
                try await store.timeout(.milliseconds(100)).increment("n")
            }
            if error?.native?.name == "EAGAIN" { refused += 1 }
            #expect(
                [.timedOut, .unavailable].contains(error?.code), "\(String(describing: error))")
            #expect(error?.mayHaveBeenApplied == (error?.code == .timedOut))
        }
        // The system takes one or two more than the backlog says.
        #expect(refused >= 2)
        let calls = stores.map { store in Task { try await store.increment("m") } }
        server.resume()
        var answers: Set<Int64> = []
        for call in calls { answers.insert(try await call.value) }
        #expect(answers == Set(1...6))
    }

    private func setPermissions(_ permissions: Int, of path: String) throws {
        try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: path)
    }
}

/// Keeps an event thread from ending, which it does when nobody is on it.
private final class Bystander: EventHandler {
    private let key = Mutex<Int?>(nil)

    func stay(on thread: EventThread) { key.withLock { $0 = thread.add(self) } }

    func leave(_ thread: EventThread) {
        if let key = key.withLock({ $0.take() }) { thread.remove(key) }
    }

    func ready(readable: Bool, writable: Bool) {}
    func signalled() {}
    func timeReached(_ now: Moment) {}
}
