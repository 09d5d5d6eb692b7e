internal import StorageKit

/// Who has which connection, who waits for one, and when another is opened, as a value.
///
/// ```
///             opened            grant: lease                released
///  opening ───────────▶ idle ───────────────────▶ leased ─────────────▶ idle
///                        │ ▲
///       grant: statement │ │ the last statement ended
///                        ▼ │
///                       shared ── further statements, when no connection is idle and none can be
///                                 opened; none while a lease waits for it to become idle
/// ```
///
/// * A lease has a connection to itself; a statement shares one, pipelined, when it must.
/// * Whoever has waited longest is served first. Statements may be served before a lease that waits
///   only by connections that are kept from nobody: the lease has one reserved.
/// * A statement joins no connection whose present statement takes long.
/// * The connection that was used last is used next, so that those not needed become idle and are
///   closed.
///
/// Looking for a connection to share takes time linear in their number; all else is constant on the
/// average.
struct PoolState<Waiter: Sendable>: Sendable {
    struct Limits: Hashable, Sendable {
        var connections: Int
        /// How many statements may be under way on one connection.
        var statementsPerConnection: Int
        /// How long a statement may have taken for another one to join its connection.
        var joinPatience = Duration.milliseconds(2)
        var idleTimeout: Duration
        /// How old a connection may be for others to use it; `nil` for any age.
        var lifetime: Duration?
    }

    enum Demand: Hashable, Sendable {
        case lease
        case statement
    }

    enum Decision: Hashable, Sendable {
        /// Take this connection.
        case granted(Int)
        /// Wait under this number; ``advance(_:into:)`` says what else is to be done.
        case waits(UInt64)
        case closed
    }

    enum Action: Sendable {
        case grant(Waiter, Int)
        case open
        case refuse([Waiter], StorageError)
        case close(Int)
    }

    private enum Use: Sendable {
        case idle(since: Moment)
        case shared(Int, headSince: Moment)
        case leased
    }

    private struct Connection: Sendable {
        var use: Use
        /// When nobody is to use it any more.
        let retirement: Moment
        var isReserved = false
    }

    let limits: Limits
    private var connections: [Int: Connection] = [:]
    /// The one used last at the end.
    private var idle: [Int] = []
    /// Those that were used long enough, and are to be closed.
    private var retired: [Int] = []
    private var leases = WaitingLine<Waiter>()
    private var statements = WaitingLine<Waiter>()
    private(set) var opening = 0
    private var lastNumber: UInt64 = 0
    /// When the next attempt to open one may be made, after one that failed.
    private var nextAttempt = Moment(nanoseconds: 0)
    private(set) var isClosing = false

    init(_ limits: Limits) { self.limits = limits }

    var connectionCount: Int { connections.count }
    var idleCount: Int { idle.count }
    var waitingCount: Int { leases.count + statements.count }

    /// Whether nothing is left of a pool that was closed.
    var isOver: Bool {
        isClosing && connections.isEmpty && opening == 0 && waitingCount == 0
    }

    // MARK: Asking

    /// Asks for a connection.
    ///
    /// - Parameter waiter: Who is to be told when it has to wait.
    mutating func submit(
        _ waiter: Waiter, _ demand: Demand, now: Moment, deadline: Moment
    ) -> Decision {
        guard !isClosing else { return .closed }
        if waitingCount == 0, let number = popIdle(now) {
            use(number, for: demand, now)
            return .granted(number)
        }
        lastNumber += 1
        switch demand {
        case .lease: leases.append(waiter, number: lastNumber, until: deadline)
        case .statement: statements.append(waiter, number: lastNumber, until: deadline)
        }
        return .waits(lastNumber)
    }

    /// Takes one out who waits.
    mutating func cancel(_ number: UInt64) -> Waiter? {
        leases.remove(number) ?? statements.remove(number)
    }

    /// Takes those out who have waited long enough.
    mutating func expire(_ now: Moment) -> [Waiter] { leases.expire(now) + statements.expire(now) }

    // MARK: What becomes of connections

    /// An attempt was successful.
    mutating func opened(_ number: Int, now: Moment) {
        opening -= 1
        let retirement = limits.lifetime.map { now + $0 } ?? .never
        connections[number] = Connection(use: .idle(since: now), retirement: retirement)
        idle.append(number)
        nextAttempt = now
    }

    /// An attempt has failed; where there is no connection at all, all who wait are told.
    mutating func openFailed(
        _ error: StorageError, retryAt: Moment, into actions: inout [Action]
    ) {
        opening -= 1
        nextAttempt = retryAt
        guard connections.isEmpty, opening == 0 else { return }
        nextAttempt = Moment(nanoseconds: 0)
        let waiters = leases.removeAll() + statements.removeAll()
        if !waiters.isEmpty { actions.append(.refuse(waiters, error)) }
    }

    /// So many statements on a shared connection are over.
    mutating func ended(_ count: Int, on number: Int, now: Moment) {
        guard case .shared(let outstanding, _) = connections[number]?.use else { return }
        if outstanding > count {
            connections[number]?.use = .shared(outstanding - count, headSince: now)
        } else {
            becomeIdle(number, now)
        }
    }

    /// A lease is over.
    mutating func released(_ number: Int, now: Moment) {
        guard case .leased = connections[number]?.use else { return }
        becomeIdle(number, now)
    }

    /// A connection is no more.
    mutating func lost(_ number: Int) {
        connections[number] = nil
        idle.removeAll { $0 == number }
    }

    /// Refuses whoever comes; who waits is served.
    mutating func close() { isClosing = true }

    private mutating func becomeIdle(_ number: Int, _ now: Moment) {
        guard connections[number].map({ $0.retirement > now }) == true else {
            connections[number]?.use = .leased
            return retired.append(number)
        }
        connections[number]?.use = .idle(since: now)
        idle.append(number)
    }

    /// The one used last; those that have become too old meanwhile are closed.
    private mutating func popIdle(_ now: Moment) -> Int? {
        while let number = idle.popLast() {
            guard connections[number].map({ $0.retirement > now }) != true else { return number }
            connections[number]?.use = .leased
            retired.append(number)
        }
        return nil
    }

    private mutating func use(_ number: Int, for demand: Demand, _ now: Moment) {
        switch demand {
        case .lease: connections[number]?.use = .leased
        case .statement: connections[number]?.use = .shared(1, headSince: now)
        }
        connections[number]?.isReserved = false
    }

    // MARK: Deciding

    /// Does what has become possible.
    mutating func advance(_ now: Moment, into actions: inout [Action]) {
        for number in retired where connections[number] != nil { actions.append(.close(number)) }
        retired.removeAll()
        grantIdle(now, &actions)
        if waitingCount > 0 {
            openMore(now, &actions)
            if isAtLimit(now) {
                endReservations()
                share(now, &actions)
                reserve()
            }
        } else if isClosing {
            closeIdle(&actions) { _ in true }
        }
    }

    /// Closes those that nobody has used for long.
    mutating func closeUnused(_ now: Moment, into actions: inout [Action]) {
        let timeout = limits.idleTimeout
        closeIdle(&actions) { $0 + timeout <= now }
    }

    /// When to call ``expire(_:)``, ``closeUnused(_:into:)`` and ``advance(_:into:)`` next.
    mutating func nextTime() -> Moment {
        var time = min(leases.firstDeadline(), statements.firstDeadline())
        // One is under way already for those who wait otherwise.
        if waitingCount > opening, room > 0 { time = min(time, nextAttempt) }
        // The first in the list has been idle longest.
        if let oldest = idle.first, case .idle(let since) = connections[oldest]?.use {
            time = min(time, since + limits.idleTimeout)
        }
        return time
    }

    private var room: Int { limits.connections - connections.count - opening }

    private func isAtLimit(_ now: Moment) -> Bool { room <= 0 || nextAttempt > now }

    private mutating func grantIdle(_ now: Moment, _ actions: inout [Action]) {
        while let number = idle.last, let demand = nextDemand(for: number) {
            idle.removeLast()
            let waiter = demand == .lease ? leases.popFirst() : statements.popFirst()
            guard let waiter else { return }
            use(number, for: demand, now)
            actions.append(.grant(waiter, number))
        }
    }

    /// Who is next: who has waited longest, but a connection that was reserved is for a lease.
    private mutating func nextDemand(for number: Int) -> Demand? {
        let (lease, statement) = (leases.first(), statements.first())
        guard let lease else { return statement == nil ? nil : .statement }
        guard let statement, connections[number]?.isReserved != true else { return .lease }
        return lease < statement ? .lease : .statement
    }

    private mutating func openMore(_ now: Moment, _ actions: inout [Action]) {
        while room > 0, opening < waitingCount, nextAttempt <= now {
            opening += 1
            actions.append(.open)
        }
    }

    /// Lets statements join others.
    private mutating func share(_ now: Moment, _ actions: inout [Action]) {
        while statements.first() != nil, let number = bestToJoin(now),
            case .shared(let outstanding, let since) = connections[number]?.use,
            let waiter = statements.popFirst()
        {
            connections[number]?.use = .shared(outstanding + 1, headSince: since)
            actions.append(.grant(waiter, number))
        }
    }

    private func bestToJoin(_ now: Moment) -> Int? {
        var best: (number: Int, outstanding: Int)?
        for (number, connection) in connections
        where !connection.isReserved && connection.retirement > now {
            guard case .shared(let outstanding, let since) = connection.use,
                outstanding < limits.statementsPerConnection,
                outstanding < best?.outstanding ?? .max, now - since < limits.joinPatience
            else { continue }
            best = (number, outstanding)
        }
        return best?.number
    }

    /// Keeps shared connections for the leases that wait: nobody else joins them.
    private mutating func reserve() {
        var missing = leases.count - connections.values.count(where: \.isReserved)
        for number in connections.keys.sorted() where missing > 0 {
            guard case .shared = connections[number]?.use,
                connections[number]?.isReserved == false
            else { continue }
            connections[number]?.isReserved = true
            missing -= 1
        }
    }

    /// A lease that was cancelled needs none any more.
    private mutating func endReservations() {
        var surplus = connections.values.count(where: \.isReserved) - leases.count
        for number in connections.keys.sorted() where surplus > 0 {
            guard connections[number]?.isReserved == true else { continue }
            connections[number]?.isReserved = false
            surplus -= 1
        }
    }

    private mutating func closeIdle(
        _ actions: inout [Action], where isUnused: (Moment) -> Bool
    ) {
        for number in idle {
            guard case .idle(let since) = connections[number]?.use, isUnused(since) else {
                continue
            }
            connections[number]?.use = .leased
            actions.append(.close(number))
        }
        idle.removeAll { number in
            if case .idle = connections[number]?.use { false } else { true }
        }
    }
}
