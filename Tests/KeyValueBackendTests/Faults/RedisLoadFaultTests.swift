import KeyValueBackend
import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@Suite(
    "Faults under the load of many tasks",
    .enabled(if: TestServer.redis.isExpected, TestServer.remedy), .timeLimit(.minutes(5)))
struct RedisLoadFaultTests {
    /// Runs the load, and the faults beside it.
    static func under(_ load: Load, _ faults: () async throws -> Void) async throws {
        async let working: Void = load.run()
        do { try await faults() } catch {
            load.end()
            throw error
        }
        load.end()
        try await working
    }

    @Test("a server killed and restarted loses nothing acknowledged, and the store goes on")
    func killed() async throws {
        var options = RedisServerOptions()
        options.isDurable = true
        let world = try await FaultWorld(options)
        defer { world.keep() }
        let load = Load(on: world.store, tasks: 64)
        try await Self.under(load) {
            var kills = 0
            // Until one has met an increment on its way.
            while kills < 3 || load.now.inDoubt == 0 {
                kills += 1
                try await load.goesOn()
                world.server.kill()
                try await world.server.restart()
            }
            try await load.goesOn()
        }
        #expect(load.now.codes == [.unavailable])
    }

    @Test("a server that is away longer than a call may take, and comes back")
    func away() async throws {
        var options = RedisServerOptions()
        options.isDurable = true
        let world = try await FaultWorld(options)
        defer { world.keep() }
        // Without the relay, which takes connections and requests for a server that is not there.
        let store = try RedisStore(
            url: world.server.url,
            configuration: .patient.with { $0.operationTimeout = .milliseconds(50) })
        let load = Load(on: store, tasks: 32)
        try await Self.under(load) {
            try await load.goesOn()
            world.server.kill()
            // Each task has failed several times by then, and nothing was sent that could be in
            // doubt.
            try await load.fails(200)
            let doubts = load.now.inDoubt
            try await load.fails(200)
            #expect(load.now.inDoubt == doubts)
            try await world.server.restart()
            try await load.goesOn()
        }
        #expect(load.now.codes.isSubset(of: [.unavailable, .timedOut]))
    }

    @Test("a server stopped for five seconds: short deadlines hold, long ones see its answer")
    func stopped() async throws {
        let world = try await FaultWorld()
        defer { world.keep() }
        let quick = try world.store(
            configuration: .patient.with { $0.operationTimeout = .milliseconds(200) })
        let long = Load(on: world.store, tasks: 16, name: "long")
        let short = Load(on: quick, tasks: 16, name: "short")
        try await Self.under(long) {
            try await Self.under(short) {
                try await long.goesOn()
                try await short.goesOn()
                world.server.stop()
                // Calls that end by their deadline are the clock of this test.
                let end = ContinuousClock.now + .seconds(5)
                while ContinuousClock.now < end { try await short.fails() }
                #expect(long.now.failed == 0)
                world.server.resume()
                try await short.goesOn()
                try await long.goesOn()
            }
        }
        #expect(long.now.failed == 0)
        #expect(short.now.inDoubt > 0)
        #expect(short.now.codes.isSubset(of: [.timedOut, .unavailable]))
    }

    @Test("connections that the server kills again and again disturb nobody's answers")
    func clientKill() async throws {
        let world = try await FaultWorld()
        defer { world.keep() }
        let load = Load(on: world.store, tasks: 64)
        try await Self.under(load) {
            for _ in 0..<50 {
                try await load.goesOn(100)
                try world.server.command("CLIENT", "KILL", "TYPE", "normal")
            }
            try await load.goesOn()
        }
        #expect(load.now.codes.isSubset(of: [.unavailable]))
        #expect(world.proxy.counts.open == 1)
    }

    @Test(
        "connections cut inside answers disturb nobody's answers",
        arguments: [TCPProxy.Ending.closing, .resetting])
    func cuts(ending: TCPProxy.Ending) async throws {
        var generator = SeededGenerator(seed: testSeed)
        let world = try await FaultWorld()
        defer { world.keep() }
        let load = Load(on: world.store, tasks: 32)
        try await Self.under(load) {
            for round in 0..<100 {
                let direction =
                    round.isMultiple(of: 2) ? TCPProxy.Direction.fromServer : .fromClient
                let accepted = world.proxy.counts.accepted
                world.proxy.cut(ending, after: .random(in: 0..<200, using: &generator), direction)
                try await world.proxy.counts { $0.accepted > accepted }
                try await load.goesOn(20)
            }
        }
        #expect(load.now.codes.isSubset(of: [.unavailable]))
        #expect(world.proxy.counts.open == 1)
    }

    @Test("answers that are held back and come late all reach their callers")
    func held() async throws {
        let world = try await FaultWorld()
        defer { world.keep() }
        let load = Load(on: world.store, tasks: 32)
        try await Self.under(load) {
            for direction in TCPProxy.Direction.allCases {
                for bytes in [0, 1, 100] {
                    try await load.goesOn(100)
                    world.proxy.hold(direction, after: bytes)
                    try await world.proxy.counts { counts in
                        let bytes = direction == .fromClient ? counts.fromClient : counts.fromServer
                        return bytes.received > bytes.passed
                    }
                    world.proxy.pass()
                }
            }
        }
        #expect(load.now.failed == 0)
        #expect(world.proxy.counts.accepted == 1)
    }
}
