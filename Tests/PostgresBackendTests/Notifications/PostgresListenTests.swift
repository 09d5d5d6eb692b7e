import StorageKit
import TestSupport
import Testing

@testable import PostgresBackend

@Suite(
    "Listening to PostgreSQL",
    .enabled(if: TestServer.postgres.isExpected, TestServer.remedy), .timeLimit(.minutes(5)))
struct PostgresListenTests {
    private static func channel() -> String { "Channel \"\(UInt64.random(in: 0 ... .max))" }

    @Test("what is notified arrives in order, on the channels that are listened to and no others")
    func arrives() async throws {
        try await PostgresWorld.with { database in
            let (one, two, other) = (Self.channel(), Self.channel(), Self.channel())
            var events = try await database.listen(to: [one, two]).makeAsyncIterator()
            try await database.notify(one, "1")
            try await database.notify(other, "2")
            try await database.notify(two)
            try await database.notify(one, "3 ü")
            var seen: [String] = []
            for _ in 0..<3 {
                let notification = try await events.notification()
                #expect(notification.channel == (notification.payload.isEmpty ? two : one))
                #expect(notification.serverProcess > 0)
                seen.append(notification.payload)
            }
            #expect(seen == ["1", "", "3 ü"])
        }
    }

    @Test("in a transaction it arrives with the commit, once, and not at all when there is none")
    func transactions() async throws {
        try await PostgresWorld.with { database in
            let channel = Self.channel()
            var events = try await database.listen(to: [channel]).makeAsyncIterator()
            await #expect(throws: CancellationError.self) {
                try await database.withTransaction { transaction in
                    try await transaction.notify(channel, "undone")
                    throw CancellationError()
                }
            }
            try await database.withTransaction { transaction in
                try await transaction.notify(channel, "late")
                try await transaction.notify(channel, "late")
                try await PostgresWorld.admin.notify(channel, "early")
            }
            try await database.notify(channel, "last")
            #expect(try await events.notification().payload == "early")
            #expect(try await events.notification().payload == "late")
            #expect(try await events.notification().payload == "last")
        }
    }

    @Test("a name of 63 bytes and a payload of 7,999 pass, and one more byte is refused")
    func limits() async throws {
        try await PostgresWorld.with { database in
            let name = String(repeating: "\"", count: 63)
            let payload = String(repeating: "x", count: 7999)
            var events = try await database.listen(to: [name]).makeAsyncIterator()
            try await database.notify(name, payload)
            let notification = try await events.notification()
            #expect(notification.channel == name && notification.payload == payload)
            for channel in ["", name + "x", "a\0"] {
                try await expectError(.invalidArgument) { try await database.notify(channel) }
                try await expectError(.invalidArgument) {
                    _ = try await database.listen(to: [channel])
                }
            }
            for payload in [payload + "x", "a\0"] {
                try await expectError(.invalidArgument) {
                    try await database.notify("a", payload)
                }
            }
            try await expectError(.invalidArgument) { _ = try await database.listen(to: []) }
        }
    }

    @Test("one connection serves all who listen, and goes with the last of them")
    func oneConnection() async throws {
        let name = "listener \(UInt64.random(in: 0 ... .max))"
        try await PostgresWorld.with(.single(name)) { database in
            let admin = try PostgresWorld.admin
            let channels = (0..<50).map { _ in Self.channel() }
            var subscriptions = try await withThrowingTaskGroup { group in
                for channel in channels {
                    group.addTask { try await database.listen(to: [channel, channels[0]]) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(try await admin.connections(named: name) == 1)
            try await admin.notify(channels[0], "to all")
            for subscription in subscriptions {
                var events = subscription.makeAsyncIterator()
                #expect(try await events.notification().payload == "to all")
            }
            subscriptions.removeLast(49)
            #expect(try await admin.connections(named: name) == 1)
            subscriptions = []
            try await reached { try await admin.connections(named: name) == 0 }
        }
    }

    @Test("a reader that is cancelled sees the end, and the connection goes")
    func cancelled() async throws {
        let name = "listener \(UInt64.random(in: 0 ... .max))"
        try await PostgresWorld.with(.single(name)) { database in
            let channel = Self.channel()
            let reader = Task { [events = try await database.listen(to: [channel])] in
                var count = 0
                for try await _ in events { count += 1 }
                return count
            }
            let admin = try PostgresWorld.admin
            #expect(try await admin.connections(named: name) == 1)
            reader.cancel()
            #expect(try await reader.value == 0)
            try await reached { try await admin.connections(named: name) == 0 }
        }
    }

    @Test("closing the database ends the sequence with an error, and the connection")
    func closed() async throws {
        let name = "listener \(UInt64.random(in: 0 ... .max))"
        var options = try PostgresAddress(TestServer.postgres.url()).options
        options["application_name"] = name
        let database = PostgresDatabase(PostgresAddress(options: options))
        var events = try await database.listen(to: ["a"]).makeAsyncIterator()
        await database.close()
        // The server needs a moment to see that it is gone.
        try await reached { try await PostgresWorld.admin.connections(named: name) == 0 }
        try await expectError(.invalidState) { _ = try await events.next() }
        try await expectError(.invalidState) { _ = try await database.listen(to: ["a"]) }
    }

    @Test("a reader that is too slow is told how much was dropped")
    func slow() async throws {
        var configuration = PostgresConfiguration()
        configuration.notificationBufferLimit = 3
        try await PostgresWorld.with(configuration) { database in
            let channel = Self.channel()
            let slow = try await database.listen(to: [channel])
            var quick = try await database.listen(to: [channel]).makeAsyncIterator()
            for number in 1...10 {
                try await database.notify(channel, "\(number)")
                #expect(try await quick.notification().payload == "\(number)")
            }
            // Both are given the same at the same time.
            var events = slow.makeAsyncIterator()
            #expect(try await events.next() == .dropped(7))
            #expect(try await events.notification().payload == "8")
        }
    }

    @Test("where sessions are a pooler's nobody can listen, and workers look by themselves")
    func pooler() async throws {
        try await PostgresWorld.with(.transactionPooling) { database in
            try await expectError(.unsupported) { _ = try await database.listen(to: ["a"]) }
            try await database.notify("a", "b")
            try await Migrations([PostgresJobSchema.migration]).apply(to: database)
            let queue = PostgresJobQueue<Int>("pooler", in: database, settings: JobWorld.hasty)
            let tally = Tally()
            let worker = Task { try await queue.run { tally.add($0.payload) } }
            for number in 1...3 {
                try await queue.enqueue(number)
                try await reached { tally.sum == number }
            }
            worker.cancel()
            try await worker.value
        }
    }

    @Test("a password that is wrong is an error at once, and no attempt without end")
    func wrongPassword() async throws {
        let server = try await PostgresServerProcess.start()
        let database = try PostgresDatabase(
            "postgresql://postgres:wrong@127.0.0.1:\(server.port)/postgres")
        let error = try await expectError(.unauthenticated) {
            _ = try await database.listen(to: ["a"])
        }
        #expect(error.operation == "open" && error.store == database.address.description)
        await database.close()
    }
}

extension PostgresSubscription.Iterator {
    /// The next event, which has to be a notification.
    mutating func notification(
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> PostgresNotification {
        let event = try await next()
        guard case .notification(let notification) = event else {
            Issue.record(
                "\(String(describing: event)) is no notification", sourceLocation: sourceLocation)
            throw TestFailure("no notification")
        }
        return notification
    }
}
