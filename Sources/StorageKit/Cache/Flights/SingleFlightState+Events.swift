extension SingleFlightState {
    /// What to do for somebody who wants to wait.
    @usableFromInline
    enum WaitAction: Sendable {
        /// Nothing: the waiter comes back later.
        case sleep
        /// Resume the waiter with the outcome that is there already.
        case resume(Outcome)
        /// Resume the waiter: its seat was given up before.
        case cancel
    }

    /// What to do for somebody who left.
    @usableFromInline
    struct LeaveActions: Sendable {
        /// Whom to resume as cancelled.
        @usableFromInline
        var cancel: Waiter?
        /// The load that nobody waits for any more.
        @usableFromInline
        var abandon: Load?
        /// An outcome that nobody took, to be destroyed outside the lock: what its value does in
        /// its `deinit` is foreign code.
        @usableFromInline
        var unclaimed: Outcome?

        @inlinable
        init(cancel: Waiter? = nil, abandon: Load? = nil, unclaimed: Outcome? = nil) {
            self.cancel = cancel
            self.abandon = abandon
            self.unclaimed = unclaimed
        }
    }

    /// Takes a seat in the key's joinable flight, or in a new one with this load.
    @inlinable
    mutating func join(_ key: Key, load: Load) -> Seat {
        if let flight = joinable[key] {
            let seat = Seat(flight: flight, number: nextNumber(), isLeader: false)
            flights[flight]?.waiters[seat.number] = .some(nil)
            return seat
        }
        let flight = FlightID(number: nextNumber())
        let seat = Seat(flight: flight, number: nextNumber(), isLeader: true)
        joinable[key] = flight
        flights[flight] = Flight(key: key, load: load, waiters: [seat.number: nil])
        return seat
    }

    /// Begins a flight that nobody sits in, unless one of the key can be joined.
    @inlinable
    mutating func launch(_ key: Key, load: Load) -> Seat? {
        guard joinable[key] == nil else { return nil }
        let flight = FlightID(number: nextNumber())
        joinable[key] = flight
        flights[flight] = Flight(key: key, load: load)
        flights[flight]?.isKept = true
        return Seat(flight: flight, number: nextNumber(), isLeader: true)
    }

    /// Gives one seat its own outcome now; the flight goes on, with others or without.
    ///
    /// - Returns: Whom to resume with the outcome, if he sleeps; `isSeated` is false when the
    ///   flight has ended or the seat was given up before.
    @inlinable
    mutating func dismiss(
        _ seat: Seat, with outcome: Outcome
    ) -> (isSeated: Bool, waiter: Waiter?) {
        guard let waiter = flights[seat.flight]?.waiters.removeValue(forKey: seat.number) else {
            return (false, nil)
        }
        flights[seat.flight]?.isKept = true
        if waiter == nil { arrived[seat] = outcome }
        return (true, waiter)
    }

    /// The holder of the seat is about to sleep.
    @inlinable
    mutating func wait(_ seat: Seat, as waiter: Waiter) -> WaitAction {
        if let outcome = arrived.removeValue(forKey: seat) { return .resume(outcome) }
        guard flights[seat.flight]?.waiters[seat.number] != nil else { return .cancel }
        flights[seat.flight]?.waiters[seat.number] = waiter
        return .sleep
    }

    /// The outcome, if it came while the seat was reserved: then there is no need to sleep.
    @inlinable
    mutating func collect(_ seat: Seat) -> Outcome? { arrived.removeValue(forKey: seat) }

    /// The holder of the seat does not want the outcome any more; harmless when it is gone.
    @inlinable
    mutating func leave(_ seat: Seat) -> LeaveActions {
        if let outcome = arrived.removeValue(forKey: seat) {
            return LeaveActions(unclaimed: outcome)
        }
        guard let waiter = flights[seat.flight]?.waiters.removeValue(forKey: seat.number) else {
            return LeaveActions()
        }
        guard let flight = flights[seat.flight], flight.waiters.isEmpty, !flight.isKept else {
            return LeaveActions(cancel: waiter)
        }
        return LeaveActions(cancel: waiter, abandon: remove(seat.flight)?.load)
    }

    /// The load of the flight ended.
    ///
    /// - Returns: Whom to resume with the outcome, in the order they came: that is fair, and a task
    ///   group with thousands of waiters finds each child that ends at the head of its list.
    @inlinable
    mutating func finish(_ id: FlightID, with outcome: Outcome) -> [Waiter] {
        guard let flight = remove(id) else { return [] }
        var waiters: [Waiter] = []
        for (number, waiter) in flight.waiters.sorted(by: { $0.key < $1.key }) {
            if let waiter {
                waiters.append(waiter)
            } else {
                arrived[Seat(flight: id, number: number, isLeader: false)] = outcome
            }
        }
        return waiters
    }

    /// Nobody may join the key's flight any more.
    @inlinable
    mutating func detach(_ key: Key) { joinable[key] = nil }

    /// Nobody may join any flight any more.
    @inlinable
    mutating func detachAll() { joinable.removeAll() }

    @inlinable
    mutating func remove(_ id: FlightID) -> Flight? {
        guard let flight = flights.removeValue(forKey: id) else { return nil }
        if joinable[flight.key] == id { joinable[flight.key] = nil }
        return flight
    }

    @inlinable
    mutating func nextNumber() -> UInt64 {
        lastNumber += 1
        return lastNumber
    }
}

extension SingleFlightState.Seat {
    // The number alone tells seats apart; who leads is a note for the holder.
    @inlinable
    static func == (left: Self, right: Self) -> Bool { left.number == right.number }

    @inlinable
    func hash(into hasher: inout Hasher) { hasher.combine(number) }
}

extension SingleFlightState {
    /// Whether nothing is remembered: no flight, no seat, no outcome.
    var isIdle: Bool { joinable.isEmpty && flights.isEmpty && arrived.isEmpty }

    /// The flight that somebody who asks for the key now would join.
    func joinableFlight(_ key: Key) -> FlightID? { joinable[key] }

    /// What is always true; for tests.
    var invariantsHold: Bool {
        joinable.allSatisfy { key, id in flights[id]?.key == key }
            && flights.values.allSatisfy { $0.isKept || !$0.waiters.isEmpty }
            && arrived.keys.allSatisfy { flights[$0.flight]?.waiters[$0.number] == nil }
    }
}
