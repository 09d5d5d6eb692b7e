import KeyValueBackend
import StorageKit
import TestSupport
import Testing

/// How often the server reads from the store's connections: what is sent in one write is read at
/// once, and what waits for an answer before it goes on is read by itself.
@Suite(
    "Round trips to Redis", .enabled(if: TestServer.redis.isExpected, TestServer.remedy),
    .serialized)
struct RedisRoundTripTests {
    struct Call: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let expected: Int
        let body: @Sendable (RedisStore) async throws -> Void

        init(
            _ name: String, _ expected: Int = 1,
            _ body: @escaping @Sendable (RedisStore) async throws -> Void
        ) {
            (testDescription, self.expected, self.body) = (name, expected, body)
        }
    }

    static let calls: [Call] = [
        Call("get") { _ = try await $0.get("k") },
        Call("get of keys") { _ = try await $0.get(["k", "l"]) },
        Call("get of none", 0) { _ = try await $0.get([]) },
        Call("set") { try await $0.set("k", to: "v", expires: .after(.seconds(9))) },
        Call("delete") { try await $0.delete(["k", "l"]) },
        Call("exists") { _ = try await $0.exists("k") },
        Call("a page of keys") { _ = try await $0.keys(withPrefix: "", after: nil, limit: 9) },
        Call("timeToLive") { _ = try await $0.timeToLive(of: "k") },
        Call("setIfAbsent") { try await $0.setIfAbsent("k", to: "v") },
        Call("compareAndSet") { try await $0.compareAndSet("k", from: "v", to: "w") },
        Call("compareAndDelete") { try await $0.compareAndDelete("k", from: "v") },
        Call("exchange") { try await $0.exchange("k", with: "v") },
        Call("take") { try await $0.take("k") },
        Call("increment") { try await $0.increment("n") },
        Call("hashSet") { try await $0.hashSet("h", ["f": "v", "g": "w"]) },
        Call("hashGetAll") { _ = try await $0.hashGetAll("h") },
        Call("sortedSetAdd") { try await $0.sortedSetAdd("z", ["m": 1, "n": 2]) },
        Call("sortedSetRange") { _ = try await $0.sortedSetRange("z", scores: .all, limit: 9) },
        Call("sortedSetRange of no ranks", 0) {
            _ = try await $0.sortedSetRange("z", ranks: 0..<0)
        },
        Call("listPush") { try await $0.listPush("l", ["1", "2"]) },
        Call("listMove") { try await $0.listMove(from: "l", to: "m") },
        Call("setCombine") { _ = try await $0.setCombine(.union, ["s", "t"]) },
        Call("publish") { try await $0.publish("m", to: "c") },
        Call("pipeline") { store in
            let sets = (0..<100).map { store.commands.set("\($0)", to: "v") }
            _ = try await store.pipeline { _ in sets }
        },
        Call("atomically") { _ = try await $0.atomically { ($0.get("k"), $0.increment("n")) } },
        Call("a script for the first time", 2) { store in
            try await store.rawCommand("SCRIPT", "FLUSH")
            try await store.run(RedisScript("return 1"))
        },
        Call("ping") { try await $0.ping() },
        Call("serverVersion") { _ = try await $0.serverVersion() },
        Call("a raw command") { try await $0.rawCommand("ECHO", "x") },
    ]

    @Test("each call has those that are documented")
    func counts() async throws {
        let world = try await RedisWorld()
        defer { world.keep() }
        try await world.store.ping()
        var before = try await reads(world.store)
        for call in Self.calls {
            try await call.body(world.store)
            let after = try await reads(world.store)
            // The question is a read as well. SCRIPT FLUSH is part of that call's preparation.
            let extra = call.testDescription.hasPrefix("a script") ? 2 : 1
            #expect(after - before == call.expected + extra, "\(call.testDescription)")
            before = after
        }
    }

    private func reads(_ store: RedisStore) async throws -> Int {
        guard case .string(let text) = try await store.rawCommand("INFO", "stats") else { return 0 }
        let match = text.string?.firstMatch(of: /total_reads_processed:(\d+)/)
        return try #require(match.flatMap { Int($0.1) })
    }
}
