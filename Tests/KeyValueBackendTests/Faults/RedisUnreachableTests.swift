import KeyValueBackend
import StorageKit
import TestSupport
import Testing

@Suite(
    "Servers that cannot be reached, or not be heard",
    .enabled(if: TestServer.redis.isExpected, TestServer.remedy), .timeLimit(.minutes(5)))
struct RedisUnreachableTests {
    @Test("what was never sent was not applied, and says why it could not be sent")
    func refused() async throws {
        let world = try await FaultWorld(configuration: .single)
        defer { world.keep() }
        world.proxy.refuseConnections()
        let error = try await expectError(.unavailable) { try await world.store.increment("n") }
        #expect(!error.mayHaveBeenApplied && error.isRetryable)
        #expect(error.description.contains("refused"), "\(error)")
        try world.proxy.acceptConnections()
        #expect(try await world.store.increment("n") == 1)
    }

    @Test("at the end of its time a call that found no server says why it found none")
    func refusedUntilDeadline() async throws {
        let world = try await FaultWorld()
        defer { world.keep() }
        world.proxy.refuseConnections()
        let store = world.store.timeout(.seconds(1))
        let error = try await expectError(.unavailable) { try await store.increment("n") }
        #expect(!error.mayHaveBeenApplied)
        #expect((error.underlying as? StorageError)?.code == .unavailable, "\(error)")
    }

    @Test("calls wait for a server that comes back, also those that must not be done twice")
    func comesBack() async throws {
        let world = try await FaultWorld()
        defer { world.keep() }
        try await world.store.ping()
        world.proxy.refuseConnections()
        world.proxy.cut(.resetting)
        let calls = (0..<20).map { _ in Task { try await world.store.increment("n") } }
        // One that ends by its deadline: there was time for attempts that failed.
        let quick = world.store.timeout(.milliseconds(100))
        try await expectError(.unavailable) { try await quick.ping() }
        try world.proxy.acceptConnections()
        var answers: Set<Int64> = []
        for call in calls { answers.insert(try await call.value) }
        #expect(answers == Set(1...20))
    }

    @Test(
        "a lost direction: the call ends by its deadline, and the connection is replaced",
        arguments: TCPProxy.Direction.allCases)
    func halfOpen(direction: TCPProxy.Direction) async throws {
        let configuration = RedisConfiguration.patient.with {
            $0.operationTimeout = .milliseconds(100)
        }
        let world = try await FaultWorld(configuration: configuration)
        defer { world.keep() }
        try await world.store.timeout(.seconds(30)).ping()
        world.proxy.swallow([direction])
        let error = try await expectError(.timedOut) { try await world.store.increment("n") }
        #expect(error.mayHaveBeenApplied)
        // The connection was given up with it: the next call asks on another one.
        world.proxy.pass()
        let value = try await world.store.timeout(.seconds(30)).get("n")
        #expect(value == (direction == .fromClient ? nil : "1"))
        try await world.proxy.counts { $0.accepted == 2 }
        try await world.proxy.counts { $0.open == 1 }
    }

    @Test("a server that takes connections and says nothing is not tried without end")
    func silent() async throws {
        let world = try await FaultWorld(
            configuration: .patient.with {
                $0.clientName = "so-that-there-is-a-greeting"
                $0.connectTimeout = .milliseconds(20)
                $0.backOff = .init(initial: .milliseconds(20), maximum: .milliseconds(100))
            })
        defer { world.keep() }
        world.proxy.swallow([.fromServer])
        let quick = world.store.timeout(.milliseconds(300))
        let error = try await expectError(.unavailable) { try await quick.increment("n") }
        #expect(!error.mayHaveBeenApplied)
        // Each attempt takes 20 ms, and the pause behind it at least 10, 20 and 40.
        #expect(world.proxy.counts.accepted <= 8)
        world.proxy.cut(.resetting)
        world.proxy.pass()
        #expect(try await world.store.increment("n") == 1)
    }

    @Test("a server that closes every connection at once is not stormed")
    func storm() async throws {
        let world = try await FaultWorld()
        defer { world.keep() }
        world.server.kill()
        // The relay accepts and resets, as there is no server behind it.
        let quick = try world.store(
            configuration: .patient.with { $0.backOff = .init(initial: .milliseconds(20)) })
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<64 {
                group.addTask {
                    _ = try? await quick.timeout(.milliseconds(500)).increment("n")
                    _ = try? await quick.timeout(.milliseconds(500)).get("n")
                }
            }
        }
        // One after the other, with pauses of at least 10, 20, 40 ms and so on.
        #expect(world.proxy.counts.accepted <= 10)
    }
}
