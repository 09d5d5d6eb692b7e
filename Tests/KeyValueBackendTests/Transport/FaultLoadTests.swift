import StorageKit
import StorageKitTesting
import Synchronization
import TestSupport
import Testing

@testable import KeyValueBackend

@Suite("A node under load and faults", .enabled(if: TestServer.redis.isExpected, TestServer.remedy))
struct FaultLoadTests {
    /// Tells tasks to end.
    private final class Flag: Sendable {
        private let value = Mutex(false)
        var isRaised: Bool { value.withLock { $0 } }
        func raise() { value.withLock { $0 = true } }
    }

    /// What became of one task's increments.
    private struct Tally: Sendable {
        var acknowledged = 0
        var unknown = 0
        var refused = 0
        var wrong = 0
    }

    @Test("connections cut anywhere: what is acknowledged happened, what is said not to did not")
    func cuts() async throws {
        let server = try await RedisServerProcess.start()
        let proxy = try TCPProxy(to: server.port)
        var configuration = RedisConfiguration(port: Int(proxy.port))
        configuration.backOff = .init(initial: .milliseconds(1), maximum: .milliseconds(5))
        configuration.operationTimeout = .seconds(60)
        let node = RedisNode(configuration)
        let isOver = Flag()
        let total = try await withThrowingTaskGroup(of: Tally.self) { group in
            for task in 0..<32 { group.addTask { await increments(node, task, until: isOver) } }
            try await disturb(proxy)
            isOver.raise()
            return try await group.reduce(into: Tally()) { sum, tally in
                sum.acknowledged += tally.acknowledged
                sum.unknown += tally.unknown
                sum.refused += tally.refused
                sum.wrong += tally.wrong
            }
        }
        let reply = try await node.send(RedisCommand("GET", "n", effect: .reads))
        guard case .string(let text) = reply, let count = text.string.flatMap(Int.init) else {
            Issue.record("\(reply)")
            return
        }
        #expect(count >= total.acknowledged)
        #expect(count <= total.acknowledged + total.unknown)
        #expect(total.wrong == 0)
        #expect(total.acknowledged > 0 && total.unknown > 0)
        await node.close()
    }

    @Test("tasks cancelled at random leave the replies of the others in place")
    func cancellations() async throws {
        let server = try await RedisServerProcess.start()
        let node = RedisNode(server.configuration)
        var generator = SeededGenerator(seed: transportSeed)
        let echoers = (0..<16).map { task in Task { await echoes(node, task, count: 300) } }
        for number in 0..<3000 {
            let task = Task { try await node.send(RedisCommand("ECHO", "\(number)")) }
            for _ in 0..<Int.random(in: 0..<4, using: &generator) { await Task.yield() }
            task.cancel()
            if let reply = try? await task.value { #expect(reply == .string("\(number)")) }
        }
        for echoer in echoers {
            let wrong = await echoer.value
            #expect(wrong == 0)
        }
        // The replies that nobody waited for came before this one.
        _ = try await node.send(RedisCommand("PING"))
        #expect(node.requestsUnderWay == 0)
        await node.close()
    }

    /// In a process of its own, where no other test takes memory.
    @Test("memory does not grow over many commands")
    func memory() async throws {
        await #expect(processExitsWith: .success) {
            let tests = FaultLoadTests()
            let server = try await RedisServerProcess.start()
            let node = RedisNode(server.configuration)
            _ = await tests.echoLoad(node)
            let before = try MemoryMeter.residentBytes()
            for _ in 0..<4 {
                let wrong = await tests.echoLoad(node)
                #expect(wrong == 0)
            }
            let after = try MemoryMeter.residentBytes()
            #expect(after - before < 32 << 20)
            await node.close()
            server.kill()
        }
    }

    private func echoLoad(_ node: RedisNode) async -> Int {
        await withTaskGroup(of: Int.self) { group in
            for task in 0..<64 { group.addTask { await echoes(node, task, count: 400) } }
            return await group.reduce(0, +)
        }
    }

    /// Cuts connections inside messages of either direction, again and again.
    private func disturb(_ proxy: TCPProxy) async throws {
        var generator = SeededGenerator(seed: transportSeed)
        for round in 1...40 {
            try await proxy.counts { $0.accepted >= round }
            let direction = TCPProxy.Direction.allCases.randomElement(using: &generator)
            let ending: TCPProxy.Ending = Bool.random(using: &generator) ? .closing : .resetting
            let bytes = Int.random(in: 0..<3000, using: &generator)
            proxy.cut(ending, after: bytes, direction ?? .fromClient)
        }
        try await proxy.counts { $0.accepted > 40 }
        proxy.pass()
    }

    private func increments(
        _ node: RedisNode, _ task: Int, until isOver: Flag
    ) async -> Tally {
        var tally = Tally()
        var number = 0
        while !isOver.isRaised {
            number += 1
            do throws(StorageError) {
                guard case .integer = try await node.send(RedisCommand("INCR", "n")) else {
                    tally.wrong += 1
                    continue
                }
                tally.acknowledged += 1
            } catch {
                if error.mayHaveBeenApplied { tally.unknown += 1 } else { tally.refused += 1 }
                if error.code != .unavailable { tally.wrong += 1 }
            }
            if number % 5 == 0 { tally.wrong += await echoes(node, task, count: 1) }
        }
        return tally
    }
}
