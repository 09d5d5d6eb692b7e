import StorageKit
import TestSupport
import Testing

@testable import PostgresBackend

@Suite("Who gets which connection of PostgreSQL, as a state machine")
struct PoolStateTests {
    typealias Pool = PoolState<Int>

    private static func limits(_ connections: Int, _ statements: Int) -> Pool.Limits {
        .init(
            connections: connections, statementsPerConnection: statements,
            idleTimeout: .nanoseconds(1000))
    }

    private func advance(_ pool: inout Pool, at now: Int64 = 1) -> [Pool.Action] {
        var actions: [Pool.Action] = []
        pool.advance(Moment(nanoseconds: now), into: &actions)
        return actions
    }

    private func submit(_ pool: inout Pool, _ call: Int, _ demand: Pool.Demand) -> Pool.Decision {
        pool.submit(call, demand, now: Moment(nanoseconds: 1), deadline: .never)
    }

    @Test("in 500 random worlds nobody is forgotten, served twice, or waits for what is free")
    func random() {
        for number in 0..<500 {
            var world = PoolWorld(seed: testSeed &+ UInt64(number))
            for _ in 0..<200 { world.step() }
            world.drain()
        }
    }

    @Test("while a connection is opened for everybody who waits there is no time to watch")
    func opening() {
        var pool = Pool(Self.limits(3, 1))
        _ = submit(&pool, 0, .lease)
        #expect(advance(&pool).count == 1)
        pool.opened(1, now: Moment(nanoseconds: 5))
        #expect(advance(&pool, at: 5).count == 1)
        _ = submit(&pool, 1, .lease)
        #expect(advance(&pool, at: 6).count == 1)
        #expect(pool.nextTime() == .never)
    }

    @Test("a connection that became too old while it was idle is closed, and another one opened")
    func retirement() {
        var limits = Self.limits(1, 1)
        limits.lifetime = .nanoseconds(100)
        var pool = Pool(limits)
        _ = submit(&pool, 0, .lease)
        _ = advance(&pool)
        pool.opened(1, now: Moment(nanoseconds: 5))
        _ = advance(&pool, at: 5)
        pool.released(1, now: Moment(nanoseconds: 10))
        #expect(advance(&pool, at: 10).isEmpty)
        let late = Moment(nanoseconds: 200)
        guard case .waits = pool.submit(1, .lease, now: late, deadline: .never) else {
            Issue.record("it was used again")
            return
        }
        guard case .close(1)? = advance(&pool, at: 200).first else {
            Issue.record("it is not closed")
            return
        }
        pool.lost(1)
        guard case .open? = advance(&pool, at: 200).first else {
            Issue.record("no other one is opened")
            return
        }
    }

    @Test("a connection that was kept for a lease is shared again when nobody waits for it")
    func reservation() {
        var pool = Pool(Self.limits(1, 3))
        _ = submit(&pool, 0, .statement)
        _ = advance(&pool)
        pool.opened(1, now: Moment(nanoseconds: 1))
        _ = advance(&pool)
        guard case .waits(let ticket) = submit(&pool, 1, .lease) else {
            Issue.record("the connection is in use")
            return
        }
        #expect(advance(&pool).isEmpty)
        _ = submit(&pool, 2, .statement)
        #expect(advance(&pool).isEmpty, "it is kept for the lease")
        #expect(pool.cancel(ticket) == 1)
        guard case .grant(2, 1)? = advance(&pool).first else {
            Issue.record("the statement still waits")
            return
        }
    }
}
