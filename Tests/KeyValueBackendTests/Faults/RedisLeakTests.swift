import Foundation
import KeyValueBackend
import StorageKit
import StorageKitTesting
import TestSupport
import Testing

/// Each in a process of its own, where no other test opens descriptors and takes memory.
@Suite(
    "Nothing is left behind", .enabled(if: TestServer.redis.isExpected, TestServer.remedy),
    .timeLimit(.minutes(5)))
struct RedisLeakTests {
    /// The runtime says on the standard error when a checked continuation was leaked, and ends the
    /// process when one is resumed twice.
    @Test("no continuation, no descriptor and no thread, whatever goes wrong")
    func whatever() async throws {
        let result = try await #require(
            processExitsWith: .success, observing: [\.standardErrorContent]
        ) {
            let world = try await FaultWorld()
            try await LeakScenes.all(world)
            let descriptors = try DescriptorCount.current()
            let threads = try LeakScenes.threadCount()
            for _ in 0..<3 { try await LeakScenes.all(world) }
            try await reached { try DescriptorCount.current() <= descriptors }
            try await reached { try LeakScenes.threadCount() <= threads }
            world.keep()
        }
        let words = String(decoding: result.standardErrorContent, as: UTF8.self)
        #expect(!words.contains("continuation"), "\(words)")
    }

    @Test("the memory does not grow over a million operations")
    func memory() async throws {
        await #expect(processExitsWith: .success) {
            let server = try await RedisServerProcess.start()
            let store = try RedisStore(url: server.url)
            try await LeakScenes.work(on: store, operations: 100_000)
            let before = try MemoryMeter.residentBytes()
            try await LeakScenes.work(on: store, operations: 900_000)
            let growth = try MemoryMeter.residentBytes() - before
            #expect(growth < 6 << 20, "it grew by \(growth >> 10) KB")
            await store.close()
            server.kill()
        }
    }
}

/// What goes wrong in the life of a store.
enum LeakScenes {
    static func threadCount() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count
    }

    static func all(_ world: FaultWorld) async throws {
        try await lostConnections(world)
        try await deadlines(world)
        try await cancelled(world)
        try await closed(world)
        try await dropped(world)
        world.proxy.cut(.resetting)
        try await world.proxy.counts { $0.open == 0 }
    }

    private static func lostConnections(_ world: FaultWorld) async throws {
        let store = try world.store()
        try await RedisLoadFaultTests.under(Load(on: store, tasks: 16, name: UUID().uuidString)) {
            for bytes in [0, 1, 10, 100] {
                let accepted = world.proxy.counts.accepted
                world.proxy.cut(.resetting, after: bytes, .fromServer)
                try await world.proxy.counts { $0.accepted > accepted }
                try world.server.command("CLIENT", "KILL", "TYPE", "normal")
                try await world.proxy.counts { $0.accepted > accepted + 1 }
            }
        }
        await store.close()
    }

    private static func deadlines(_ world: FaultWorld) async throws {
        let store = try world.store(
            configuration: .patient.with { $0.operationTimeout = .milliseconds(20) })
        let load = Load(on: store, tasks: 16, name: UUID().uuidString)
        try await RedisLoadFaultTests.under(load) {
            world.server.stop()
            try await load.fails(50)
            world.server.resume()
        }
        await store.close()
    }

    private static func cancelled(_ world: FaultWorld) async throws {
        var generator = SeededGenerator(seed: testSeed)
        let store = try world.store()
        let calls = (0..<1000).map { _ in Task { try await store.increment("cancelled") } }
        let waits = (0..<40).map { _ in
            Task { try await store.listPop(fromFirstOf: ["l"], .first, waitingUpTo: .seconds(60)) }
        }
        let subscriptions = (0..<10).map { _ in
            Task { for try await _ in try await store.subscribe(to: ["c"]) {} }
        }
        for call in calls where Bool.random(using: &generator) { call.cancel() }
        for call in calls { _ = await call.result }
        for wait in waits { wait.cancel() }
        for wait in waits { _ = await wait.result }
        for subscription in subscriptions { subscription.cancel() }
        for subscription in subscriptions { _ = await subscription.result }
        await store.close()
    }

    private static func closed(_ world: FaultWorld) async throws {
        let store = try world.store()
        let waits = (0..<40).map { _ in
            Task { try await store.listPop(fromFirstOf: ["l"], .first, waitingUpTo: .seconds(60)) }
        }
        try await world.wait { try world.server.info("clients")["blocked_clients"] == "16" }
        let calls = (0..<1000).map { _ in Task { try await store.increment("closed") } }
        await store.close()
        for call in calls { _ = await call.result }
        for wait in waits { _ = await wait.result }
    }

    /// Stores that nobody closes, also such that never reached a server.
    private static func dropped(_ world: FaultWorld) async throws {
        for _ in 0..<10 {
            let store = try world.store()
            try await store.ping()
            let subscription = try await store.subscribe(to: ["c"])
            withExtendedLifetime(subscription) {}
            let nobody = try RedisStore(url: "redis://127.0.0.1:1")
            _ = try? await nobody.timeout(.milliseconds(5)).ping()
        }
        _ = try RedisStore(url: "redis://127.0.0.1:1")
    }

    /// Reads, writes and pipelines from 64 tasks.
    static func work(on store: RedisStore, operations: Int) async throws {
        let rounds = operations / 20 / 64
        let value = ByteString(Array(repeating: 7, count: 64))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<64 {
                group.addTask {
                    let key = ByteString("k\(number)")
                    for _ in 0..<rounds { try await round(on: store, key, value) }
                }
            }
            try await group.waitForAll()
        }
    }

    /// Twenty operations.
    private static func round(
        on store: RedisStore, _ key: ByteString, _ value: ByteString
    ) async throws {
        try await store.set(key, to: value)
        guard try await store.get(key) == value else { throw TestFailure("another's answer") }
        let results = try await store.pipeline { commands in
            (0..<18).map { _ in commands.get(key) }
        }
        for result in results where try result.get() != value {
            throw TestFailure("another's answer")
        }
    }
}
