import StorageKit
import StorageKitTesting
import Testing

@testable import PostgresBackend

/// A pool of connections, a server that opens and loses them, and callers who come and go, in
/// random order.
///
/// The world keeps its own books of who has which connection, and judges every decision by them.
/// Waiters are the numbers of their calls.
struct PoolWorld {
    private struct Waiting {
        let call: Int
        let demand: PoolState<Int>.Demand
        let ticket: UInt64
        let deadline: Moment
    }

    private struct Connection {
        var lease: Int?
        var statements = 0
        var headSince: Moment
        var idleSince: Moment
        let retirement: Moment
        var isClosing = false

        var isIdle: Bool { lease == nil && statements == 0 && !isClosing }
    }

    var pool: PoolState<Int>
    private let limits: PoolState<Int>.Limits
    private var generator: SeededGenerator
    private var now = Moment(nanoseconds: 1)
    private var calls = 0
    private var waiting: [Waiting] = []
    private var connections: [Int: Connection] = [:]
    private var lastConnection = 0
    private var opening = 0
    private var retryAt = Moment(nanoseconds: 0)
    /// How each call ended.
    private var ends: [Int: String] = [:]

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
        limits = .init(
            connections: Int.random(in: 1...4, using: &generator),
            statementsPerConnection: Int.random(in: 1...3, using: &generator),
            joinPatience: .nanoseconds(20), idleTimeout: .nanoseconds(60),
            lifetime: Bool.random(using: &generator) ? .nanoseconds(150) : nil)
        pool = PoolState(limits)
    }

    mutating func step() {
        switch Int.random(in: 0..<24, using: &generator) {
        case 0..<4: submit(.statement)
        case 4..<7: submit(.lease)
        case 7..<9: cancel()
        case 9..<13: finishOpening()
        case 13..<16: endStatements()
        case 16..<19: release()
        case 19: lose()
        default: passTime()
        }
        advance()
    }

    /// Lets everything that is there come to its end, and closes the pool.
    mutating func drain() {
        pool.close()
        for _ in 0..<10_000 where !pool.isOver {
            advance()
            if opening > 0 { opened() }
            for number in connections.keys.sorted() { finish(number) }
            now = now + .nanoseconds(1)
        }
        #expect(pool.isOver && pool.waitingCount == 0, "something was left over")
        #expect(waiting.isEmpty && ends.count == calls, "a call has no end")
        guard case .closed = pool.submit(0, .lease, now: now, deadline: .never) else {
            Issue.record("a closed pool takes nobody")
            return
        }
    }

    private mutating func finish(_ number: Int) {
        if connections[number]?.isClosing == true { return lost(number) }
        if connections[number]?.lease != nil { return released(number) }
        if let count = connections[number]?.statements, count > 0 { ended(count, number) }
    }

    // MARK: Callers

    private mutating func submit(_ demand: PoolState<Int>.Demand) {
        let call = calls
        calls += 1
        // Everybody waits equally long.
        let deadline = now + .nanoseconds(100)
        switch pool.submit(call, demand, now: now, deadline: deadline) {
        case .granted(let number):
            #expect(waiting.isEmpty, "served before those who wait")
            #expect(connections[number]?.isIdle == true, "granted a connection that is in use")
            take(number, call, demand)
        case .waits(let ticket):
            waiting.append(
                Waiting(call: call, demand: demand, ticket: ticket, deadline: deadline))
        case .closed: Issue.record("it is open")
        }
    }

    private mutating func cancel() {
        let ticket =
            waiting.randomElement(using: &generator)?.ticket
            ?? UInt64.random(in: 0...9, using: &generator)
        let expected = waiting.first { $0.ticket == ticket }?.call
        #expect(pool.cancel(ticket) == expected)
        if let expected { end(expected, "cancelled") }
    }

    private mutating func end(_ call: Int, _ how: String) {
        #expect(ends[call] == nil, "call \(call) ended twice")
        ends[call] = how
        waiting.removeAll { $0.call == call }
    }

    private mutating func take(_ number: Int, _ call: Int, _ demand: PoolState<Int>.Demand) {
        end(call, "granted")
        switch demand {
        case .lease: connections[number]?.lease = call
        case .statement:
            if connections[number]?.statements == 0 { connections[number]?.headSince = now }
            connections[number]?.statements += 1
        }
    }

    // MARK: Connections

    private mutating func finishOpening() {
        guard opening > 0 else { return }
        if Int.random(in: 0..<4, using: &generator) > 0 { opened() } else { openFailed() }
    }

    private mutating func opened() {
        opening -= 1
        lastConnection += 1
        let retirement = limits.lifetime.map { now + $0 } ?? .never
        connections[lastConnection] = Connection(
            headSince: now, idleSince: now, retirement: retirement)
        retryAt = Moment(nanoseconds: 0)
        pool.opened(lastConnection, now: now)
    }

    private mutating func openFailed() {
        opening -= 1
        retryAt = now + .nanoseconds(10)
        var actions: [PoolState<Int>.Action] = []
        pool.openFailed(
            StorageError(code: .unavailable, message: "none"), retryAt: retryAt, into: &actions)
        if connections.isEmpty, opening == 0 {
            retryAt = Moment(nanoseconds: 0)
            let count = waiting.count
            carryOut(actions)
            #expect(waiting.isEmpty, "\(count) wait for a server that is not there")
        } else {
            #expect(actions.isEmpty, "who may still be served was refused")
        }
    }

    private mutating func endStatements() {
        let shared = connections.keys.sorted().filter { connections[$0]?.statements != 0 }
        guard let number = shared.randomElement(using: &generator),
            let count = connections[number]?.statements
        else { return }
        ended(Int.random(in: 1...count, using: &generator), number)
    }

    private mutating func ended(_ count: Int, _ number: Int) {
        connections[number]?.statements -= count
        connections[number]?.headSince = now
        connections[number]?.idleSince = now
        pool.ended(count, on: number, now: now)
    }

    private mutating func release() {
        let leased = connections.keys.sorted().filter { connections[$0]?.lease != nil }
        guard let number = leased.randomElement(using: &generator) else { return }
        released(number)
    }

    private mutating func released(_ number: Int) {
        connections[number]?.lease = nil
        connections[number]?.idleSince = now
        pool.released(number, now: now)
    }

    private mutating func lose() {
        guard let number = connections.keys.sorted().randomElement(using: &generator) else {
            return
        }
        lost(number)
        // What the call that had it says afterwards is of no interest.
        pool.released(number, now: now)
        pool.ended(1, on: number, now: now)
    }

    private mutating func lost(_ number: Int) {
        connections[number] = nil
        pool.lost(number)
    }

    // MARK: Time

    private mutating func passTime() {
        now = now + .nanoseconds(Int.random(in: 1...15, using: &generator))
        let due = Set(waiting.filter { $0.deadline <= now }.map(\.call))
        let expired = pool.expire(now)
        #expect(Set(expired) == due && expired.count == due.count, "expired at the wrong time")
        for call in expired { end(call, "expired") }
        var actions: [PoolState<Int>.Action] = []
        pool.closeUnused(now, into: &actions)
        let unused = connections.filter { $0.value.isIdle && isUnused($0.value) }
        #expect(actions.count == unused.count, "not those that were idle for long")
        carryOut(actions)
        advance()
        #expect(pool.nextTime() > now, "an alarm for a time that is over, again and again")
    }

    private func isUnused(_ connection: Connection) -> Bool {
        connection.idleSince + limits.idleTimeout <= now
    }

    // MARK: Decisions

    private mutating func advance() {
        var actions: [PoolState<Int>.Action] = []
        pool.advance(now, into: &actions)
        carryOut(actions)
        check()
    }

    private mutating func carryOut(_ actions: [PoolState<Int>.Action]) {
        for action in actions {
            switch action {
            case .open: opening += 1
            case .close(let number):
                #expect(connections[number]?.isIdle == true, "closed under somebody's hands")
                connections[number]?.isClosing = true
            case .refuse(let calls, _): for call in calls { end(call, "refused") }
            case .grant(let call, let number): granted(call, number)
            }
        }
    }

    private mutating func granted(_ call: Int, _ number: Int) {
        guard let place = waiting.first(where: { $0.call == call }),
            let connection = connections[number], !connection.isClosing
        else {
            Issue.record("call \(call) does not wait, or there is no connection \(number)")
            return
        }
        let firstOfItsKind = waiting.first { $0.demand == place.demand }?.call
        #expect(firstOfItsKind == call, "not in the order of arrival")
        #expect(connection.lease == nil, "a connection was given out twice")
        switch place.demand {
        case .lease: #expect(connection.statements == 0, "a lease of a connection in use")
        case .statement where connection.statements == 0:
            #expect(waiting.first?.call == call, "before a lease that has waited longer")
        case .statement:
            #expect(connection.statements < limits.statementsPerConnection)
            #expect(now - connection.headSince < limits.joinPatience, "joins one that takes long")
            #expect(connection.retirement > now, "joins one that would never be free")
            #expect(opening + connections.count >= limits.connections || retryAt > now)
        }
        take(number, call, place.demand)
    }

    private mutating func check() {
        let idle = connections.values.count(where: \.isIdle)
        #expect(waiting.isEmpty || idle == 0, "somebody waits while a connection is idle")
        let isOld = connections.values.contains {
            $0.isIdle && $0.retirement <= now && $0.idleSince >= $0.retirement
        }
        #expect(!isOld, "one that is too old is kept")
        #expect(connections.count + opening <= limits.connections, "too many connections")
        #expect(
            waiting.count <= opening || connections.count + opening == limits.connections
                || retryAt > now, "somebody waits, and no connection is opened for him")
        #expect(pool.waitingCount == waiting.count && pool.connectionCount == connections.count)
        #expect(pool.idleCount == idle)
        checkSharing()
        #expect(
            waiting.count <= opening || connections.count + opening == limits.connections
                || pool.nextTime() <= retryAt, "nobody looks when the next attempt is due")
    }

    /// A statement waits only where no connection may be shared but those kept for leases.
    private func checkSharing() {
        let leases = waiting.count { $0.demand == .lease }
        guard waiting.count > leases,
            connections.count + opening == limits.connections || retryAt > now
        else { return }
        let joinable = connections.values.count {
            $0.statements > 0 && $0.statements < limits.statementsPerConnection
                && now - $0.headSince < limits.joinPatience && $0.retirement > now
        }
        #expect(joinable <= leases, "a statement waits beside connections that it could join")
    }
}
