import Foundation
import KeyValueBackend
import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@Suite(
    "Single flight of several processes",
    .enabled(if: TestServer.redis.isExpected, TestServer.remedy),
    .enabled(if: FileManager.default.fileExists(atPath: "/proc/self/exe"), "needs /proc"),
    .timeLimit(.minutes(5)), .serialized)
struct CacheFlightTests {
    @Test("all tasks of two processes that ask for a cold key share one call of the primary")
    func together() async throws {
        let world = try await FlightWorld(leaseTime: .seconds(120))
        for process in 0..<2 { try world.go(process) }
        try await world.allWaiting(processes: 2)
        let loader = try world.list("loads")
        #expect(loader.count == 1)
        // Whoever it is that asks the primary.
        for process in 0..<2 { try world.answer(process, 17) }
        for process in 0..<2 { #expect(try await world.given(process) == ["17"]) }
        #expect(try world.list("loads") == loader)
    }

    @Test("those who wait for another process are woken, and ask nobody meanwhile")
    func woken() async throws {
        let world = try await FlightWorld(leaseTime: .seconds(120))
        try world.go(0)
        try await world.reached { try world.list("loads") == ["0"] }
        try world.go(1)
        try await world.allWaiting(processes: 2)
        let before = try world.askings()
        try await world.letPass(.milliseconds(300))
        #expect(try world.askings() == before, "they looked again without being told")
        try world.answer(0, 17)
        for process in 0..<2 { #expect(try await world.given(process) == ["17"]) }
        #expect(try world.list("loads") == ["0"])
        // Loads, waits, waits in vain.
        #expect(try world.list("counts:0") == ["1", "0", "0"])
        #expect(try world.list("counts:1").dropFirst() == ["1", "0"])
        #expect(try world.list("counts:1").first == "0")
        // The fill, and a second look of two rounds at the most by those who were woken.
        let after = try world.askings()
        #expect(after[0] == before[0] && after[1] - before[1] <= 5)
    }

    @Test("when the process that loads dies another takes over as soon as its lease has ended")
    func killed() async throws {
        let world = try await FlightWorld(leaseTime: .seconds(10))
        let end = try await loading(world)
        world.processes[0].kill()
        try await tookOver(world, after: end)
        try world.answer(1, 18)
        #expect(try await world.given(1) == ["18"])
        #expect(try world.list("loads") == ["0", "1"])
        // A load of its own, after a wait that was not in vain.
        #expect(try world.list("counts:1") == ["1", "1", "0"])
    }

    @Test("a process that stood still past the end of its lease does not put back what it had read")
    func frozen() async throws {
        let world = try await FlightWorld(leaseTime: .seconds(10))
        let end = try await loading(world)
        world.processes[0].stop()
        try world.answer(0, 17)
        try await tookOver(world, after: end)
        try world.answer(1, 18)
        #expect(try await world.given(1) == ["18"])
        world.processes[0].send(SIGCONT)
        #expect(try await world.given(0).isSubset(of: ["17", "18"]))
        let store = try RedisStore(url: world.server.url)
        let cache = RedisCache<Int, JSONCodec<CachedVersion>>(
            store, namespace: "flights", keys: JSONCodec<Int>(), values: JSONCodec())
        #expect(try await cache.get(7)?.value?.version == 18)
        await store.close()
    }

    /// What the worker's registers look like in the cache.
    private struct CachedVersion: Codable, Sendable {
        var version: Int
    }

    /// Has the first process load and the second wait for it; returns the end of the lease by the
    /// server's clock.
    private func loading(_ world: FlightWorld) async throws -> Int {
        try world.go(0)
        try await world.reached { try world.list("loads") == ["0"] }
        guard case .integer(let end) = try world.server.command("PEXPIRETIME", "{flights}:e:7")
        else { throw TestFailure("there is no lease") }
        try world.go(1)
        try await world.allWaiting(processes: 2)
        return end
    }

    /// Waits for the second process to load, which must not be before the end of the first's lease.
    private func tookOver(_ world: FlightWorld, after end: Int) async throws {
        try await world.reached { try world.list("loads").count == 2 }
        guard case .array(let time?) = try world.server.command("TIME"),
            let seconds = time[0].text.flatMap({ Int($0) })
        else { throw TestFailure("the server has no time") }
        #expect((seconds + 1) * 1000 > end)
        #expect(try world.list("loads") == ["0", "1"])
    }
}
