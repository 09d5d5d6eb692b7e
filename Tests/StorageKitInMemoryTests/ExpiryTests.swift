import StorageKit
import StorageKitTesting
import Testing

@testable import StorageKitInMemory

@Suite("Expiry in memory")
struct ExpiryTests {
    /// A key of each kind that vanishes after a second, beside ones that stay.
    private func worldOfAllKinds() async throws -> World {
        let world = World()
        try await world.store.set("value", to: "1")
        try await world.store.hashSet("hash", ["f": "1"])
        try await world.store.sortedSetAdd("sorted", ["m": 1])
        try await world.store.listPush("list", ["1"])
        try await world.store.setAdd("set", ["m"])
        for key in ["value", "hash", "sorted", "list", "set"] as [ByteString] {
            try await world.store.expire(key, after: .seconds(1))
        }
        return world
    }

    @Test("hides a key of any kind from the moment on, to the nanosecond")
    func moment() async throws {
        let world = try await worldOfAllKinds()
        let keys: [ByteString] = ["value", "hash", "sorted", "list", "set"]
        world.clock.advance(by: .seconds(1) - .nanoseconds(1))
        for key in keys { #expect(try await world.store.exists(key)) }
        #expect(world.store.count == 5)
        world.clock.advance(by: .nanoseconds(1))
        #expect(world.store.count == 0)
        for key in keys { #expect(try await !world.store.exists(key)) }
        #expect(world.store.keptKeys == 0, "whoever meets it removes it")
    }

    @Test("lets every write take a vanished key for an absent one")
    func writes() async throws {
        let world = try await worldOfAllKinds()
        world.clock.advance(by: .seconds(1))
        let (count, length, sum, new, isNew, added) = try await world.store.atomically {
            (
                $0.delete(["value", "hash", "absent"]), $0.listPush("value", ["a"]),
                $0.hashIncrement("sorted", field: "m", by: 2), $0.setAdd("list", ["m"]),
                $0.setIfAbsent("set", to: "x"), $0.sortedSetAdd("hash", ["m": 2], if: .ifPresent)
            )
        }
        #expect(count == 0 && length == 1 && sum == 2 && new == 1 && isNew && added == 0)
        #expect(try await world.store.timeToLive(of: "value") == .unlimited)
        #expect(try await world.store.timeToLive(of: "hash") == .absent)
    }

    @Test("is not in a scan, a combination, a move or a snapshot")
    func manyKeys() async throws {
        let world = try await worldOfAllKinds()
        world.clock.advance(by: .seconds(1))
        let page = try await world.store.keys(withPrefix: "", after: nil, limit: 100)
        #expect(page.elements == [])
        #expect(try await world.store.setCombine(.union, ["set"]) == [])
        #expect(try await world.store.get(["value"]) == [nil])
        #expect(try await world.store.listMove(from: "list", to: "set") == nil)
    }

    @Test("removes what nobody asks for with the writes of others")
    func sweep() async throws {
        let world = World(stripes: 1)
        for number in 0..<1000 {
            try await world.store.set("\(number)", to: "", expires: .after(.seconds(1)))
        }
        world.clock.advance(by: .seconds(1))
        #expect(world.store.keptKeys == 1000)
        for _ in 0..<300 { try await world.store.set("busy", to: "") }
        #expect(world.store.keptKeys == 1)
    }

    @Test("rounds times up to the resolution and says what is left")
    func rounding() async throws {
        let world = World()
        try await world.store.set("k", to: "", expires: .after(.microseconds(1)))
        #expect(try await world.store.timeToLive(of: "k") == .remaining(.milliseconds(1)))
        world.clock.advance(by: .microseconds(999))
        #expect(try await world.store.timeToLive(of: "k") == .remaining(.milliseconds(1)))
        world.clock.advance(by: .microseconds(1))
        #expect(try await world.store.timeToLive(of: "k") == .absent)
        try await world.store.set("k", to: "", expires: .after(.seconds(3_000_000_000)))
        world.clock.advance(by: .seconds(1))
        let left = try await world.store.timeToLive(of: "k")
        #expect(left == .remaining(.seconds(2_999_999_999)))
    }
}
