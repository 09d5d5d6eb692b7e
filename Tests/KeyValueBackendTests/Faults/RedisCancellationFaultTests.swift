import KeyValueBackend
import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@Suite(
    "Cancelled calls and their neighbours",
    .enabled(if: TestServer.redis.isExpected, TestServer.remedy), .timeLimit(.minutes(5)))
struct RedisCancellationFaultTests {
    @Test("a call cancelled before it was sent was not applied")
    func beforeSending() async throws {
        let world = try await FaultWorld()
        defer { world.keep() }
        let early = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await world.store.increment("n")
        }
        let error = try await expectError(.cancelled) { _ = try await early.value }
        #expect(!error.mayHaveBeenApplied)
        #expect(world.proxy.counts.accepted == 0)
        // No server to send it to, so it waits until it is cancelled.
        world.proxy.refuseConnections()
        let waiting = Task { try await world.store.increment("n") }
        try await expectError(.unavailable) {
            try await world.store.timeout(.milliseconds(30)).ping()
        }
        waiting.cancel()
        let late = try await expectError(.cancelled) { _ = try await waiting.value }
        #expect(!late.mayHaveBeenApplied)
        try world.proxy.acceptConnections()
        #expect(try await world.store.increment("n") == 1)
    }

    @Test("a call cancelled after it was sent may have been applied, and its answer is nobody's")
    func afterSending() async throws {
        let world = try await FaultWorld()
        defer { world.keep() }
        try await world.store.ping()
        world.proxy.hold(.fromServer)
        let received = world.proxy.counts.fromServer.received
        let writing = Task { try await world.store.increment("n") }
        // `:1`
        try await world.proxy.counts { $0.fromServer.received == received + 4 }
        let reading = Task { try await world.store.get("n") }
        try await world.proxy.counts { $0.fromServer.received == received + 11 }
        let neighbour = Task { try await world.store.exists("n") }
        writing.cancel()
        reading.cancel()
        let write = try await expectError(.cancelled) { _ = try await writing.value }
        #expect(write.mayHaveBeenApplied)
        let read = try await expectError(.cancelled) { _ = try await reading.value }
        #expect(!read.mayHaveBeenApplied)
        world.proxy.pass()
        #expect(try await neighbour.value)
        #expect(try await world.store.get("n") == "1")
        #expect(world.proxy.counts.accepted == 1)
    }

    @Test("ten thousand calls cancelled at random: one connection, and every other answer is right")
    func atRandom() async throws {
        let world = try await FaultWorld()
        defer { world.keep() }
        let store = world.store
        var generator = SeededGenerator(seed: testSeed)
        var isCancelled: [Bool] = []
        var calls: [Task<Int64, any Error>] = []
        var applied = 0, inDoubt = 0
        for number in 0..<10_000 {
            let delta = Int64(number)
            calls.append(
                Task {
                    let text = ByteString("\(delta)")
                    guard delta % 2 == 0 else { return try await store.increment("sum") }
                    let results = try await store.pipeline {
                        ($0.set("k:" + text, to: text), $0.get("k:" + text))
                    }
                    let value = try results.1.get()
                    #expect(value == text)
                    return 0
                })
            isCancelled.append(Bool.random(using: &generator))
            if isCancelled[number] { calls[number].cancel() }
            // Some are cancelled much later, others in bursts.
            if number % 100 == 99 {
                for victim in (number - 99)...number
                where Int.random(in: 0..<4, using: &generator) == 0 {
                    calls[victim].cancel()
                    isCancelled[victim] = true
                }
                await Task.yield()
            }
        }
        for (number, call) in calls.enumerated() {
            switch await call.result {
            case .success: applied += number % 2
            case .failure(let error as StorageError):
                #expect(error.code == .cancelled && isCancelled[number], "\(error)")
                if number % 2 == 1, error.mayHaveBeenApplied { inDoubt += 1 }
            case .failure(let error): throw error
            }
        }
        let sum = Int(try await store.get("sum")?.string ?? "0") ?? 0
        #expect(applied <= sum && sum <= applied + inDoubt)
        #expect(applied > 0 && world.proxy.counts.accepted == 1)
        #expect(try world.server.info("clients")["connected_clients"] == "2")
    }

    @Test("a hundred cancelled waits for lists leave the connection of all others alone")
    func waits() async throws {
        let world = try await FaultWorld(
            configuration: .patient.with { $0.maximumBlockingConnections = 8 })
        defer { world.keep() }
        let store = world.store
        try await store.ping()
        var generator = SeededGenerator(seed: testSeed)
        let waits = (0..<100).map { _ in
            Task { try await store.listPop(fromFirstOf: ["l"], .first, waitingUpTo: .seconds(600)) }
        }
        try await world.wait { try world.server.info("clients")["blocked_clients"] == "8" }
        for wait in waits.shuffled(using: &generator) {
            wait.cancel()
            try await expectError(.cancelled) { _ = try await wait.value }
        }
        try await world.wait { try world.server.info("clients")["blocked_clients"] == "0" }
        try await store.listPush("l", ["x"])
        #expect(try await store.listPop("l") == "x")
        #expect(world.proxy.counts.accepted == 9)
    }
}
