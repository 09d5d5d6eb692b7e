import KeyValueBackend
import StorageKit
import TestSupport
import Testing

@Suite(
    "A full queue", .enabled(if: TestServer.redis.isExpected, TestServer.remedy),
    .timeLimit(.minutes(5)))
struct RedisQueueFaultTests {
    /// A store with places for ten commands whose answers are held back, all of them taken.
    static func full(
        _ whenFull: RedisConfiguration.WhenFull
    ) async throws -> (FaultWorld, [Task<Int64, any Error>]) {
        let world = try await FaultWorld(
            configuration: .patient.with {
                $0.queueLimit = 10
                $0.whenFull = whenFull
            })
        try await world.store.ping()
        world.proxy.hold(.fromServer)
        let received = world.proxy.counts.fromServer.received
        let calls = (0..<10).map { number in
            Task { try await world.store.increment(ByteString("n\(number)")) }
        }
        try await world.proxy.counts { $0.fromServer.received == received + 10 * 4 }
        return (world, calls)
    }

    @Test("fails at once where that is the choice, and says that nothing was done")
    func fails() async throws {
        let (world, calls) = try await Self.full(.fail)
        defer { world.keep() }
        let sent = world.proxy.counts.fromClient.received
        for _ in 0..<100 {
            let error = try await expectError(.resourceExhausted) {
                try await world.store.increment("n0")
            }
            #expect(!error.mayHaveBeenApplied && error.isRetryable)
        }
        #expect(world.proxy.counts.fromClient.received == sent)
        world.proxy.pass()
        for call in calls { #expect(try await call.value == 1) }
        #expect(try await world.store.increment("n0") == 2)
    }

    @Test("has callers wait where that is the choice, and sends no more than it may")
    func waits() async throws {
        let (world, calls) = try await Self.full(.wait)
        defer { world.keep() }
        let sent = world.proxy.counts.fromClient.received
        let waiting = (0..<1000).map { _ in Task { try await world.store.increment("sum") } }
        let quick = world.store.timeout(.milliseconds(50))
        let error = try await expectError(.timedOut) { try await quick.increment("n0") }
        #expect(!error.mayHaveBeenApplied)
        #expect(world.proxy.counts.fromClient.received == sent)
        for call in waiting[500...] { call.cancel() }
        for call in waiting[500...] {
            let error = try await expectError(.cancelled) { _ = try await call.value }
            #expect(!error.mayHaveBeenApplied)
        }
        world.proxy.pass()
        for call in calls { #expect(try await call.value == 1) }
        var answers: Set<Int64> = []
        for call in waiting[..<500] { answers.insert(try await call.value) }
        #expect(answers == Set(1...500))
        #expect(try await world.store.increment("n0") == 2)
        #expect(world.proxy.counts.accepted == 1)
    }

    @Test("only what was sent is in doubt when the connection is lost")
    func lost() async throws {
        let (world, calls) = try await Self.full(.wait)
        defer { world.keep() }
        let waiting = (0..<100).map { _ in Task { try await world.store.increment("sum") } }
        let quick = world.store.timeout(.milliseconds(50))
        try await expectError(.timedOut) { try await quick.increment("n0") }
        world.proxy.cut(.resetting)
        world.proxy.pass()
        for call in calls {
            let error = try await expectError(.unavailable) { _ = try await call.value }
            #expect(error.mayHaveBeenApplied)
        }
        var answers: Set<Int64> = []
        for call in waiting { answers.insert(try await call.value) }
        #expect(answers == Set(1...100))
        #expect(try world.server.command("GET", "n0") == .string("1"))
    }
}
