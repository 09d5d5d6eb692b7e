/// Loads that are running, at most one joinable per key: whoever comes later waits for the same
/// outcome.
///
/// The decisions are made by ``SingleFlightState``; this type gives it locks, tasks and
/// continuations. No lock is held while a continuation is resumed or a task is started or
/// cancelled.
@usableFromInline
final class SingleFlight<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    @usableFromInline
    typealias Outcome = Result<Value, StorageError>
    @usableFromInline
    typealias Waiter = CheckedContinuation<Outcome, Never>
    @usableFromInline
    typealias State = SingleFlightState<HashedKey<Key>, Outcome, Waiter, LoadTask>

    /// A place in a flight.
    @usableFromInline
    struct Seat: Sendable {
        @usableFromInline
        let hash: Int
        @usableFromInline
        let seat: State.Seat

        @inlinable
        init(hash: Int, seat: State.Seat) {
            self.hash = hash
            self.seat = seat
        }

        /// Whether its holder must start the load, and finish the flight by it.
        @inlinable
        var isLeader: Bool { seat.isLeader }
    }

    @usableFromInline
    let stripes = Striped(count: 16) { _ in State() }

    @inlinable
    init() {}

    /// Takes a seat in the key's running flight, or in a new one with this load.
    ///
    /// Each seat must be given up by ``wait(_:)`` or ``leave(_:)``.
    @inlinable
    func join(_ key: Key, load: LoadTask) -> Seat {
        let key = HashedKey(key)
        let seat = stripes.withLock(hash: key.hash) { $0.join(key, load: load) }
        return Seat(hash: key.hash, seat: seat)
    }

    /// Begins a flight that nobody sits in, unless one of the key can be joined; the holder of the
    /// seat must start the load, and finish the flight by it.
    @inlinable
    func launch(_ key: Key, load: LoadTask) -> Seat? {
        let key = HashedKey(key)
        let seat = stripes.withLock(hash: key.hash) { $0.launch(key, load: load) }
        return seat.map { Seat(hash: key.hash, seat: $0) }
    }

    /// Lets the holder of the seat wait no longer: his outcome is this one.
    ///
    /// The flight goes on.
    ///
    /// - Returns: Whether he was waiting.
    @inlinable
    func dismiss(_ seat: Seat, with outcome: Outcome) -> Bool {
        let (isSeated, waiter) = stripes.withLock(hash: seat.hash) {
            $0.dismiss(seat.seat, with: outcome)
        }
        waiter?.resume(returning: outcome)
        return isSeated
    }

    /// The outcome of the flight.
    ///
    /// When the task is cancelled it throws at once and the flight goes on for the others; without
    /// others its load is cancelled.
    @inlinable
    func wait(_ seat: Seat) async throws(StorageError) -> Value {
        if let outcome = stripes.withLock(hash: seat.hash, { $0.collect(seat.seat) }) {
            return try outcome.get()
        }
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in sleep(seat, as: waiter) }
        } onCancel: {
            leave(seat)
        }
        return try outcome.get()
    }

    @inlinable
    func sleep(_ seat: Seat, as waiter: Waiter) {
        switch stripes.withLock(hash: seat.hash, { $0.wait(seat.seat, as: waiter) }) {
        case .sleep: break
        case .resume(let outcome): waiter.resume(returning: outcome)
        case .cancel: waiter.resume(returning: .failure(.cancelled(operation: "get")))
        }
    }

    /// Gives the seat up without waiting for the outcome.
    @inlinable
    func leave(_ seat: Seat) {
        let actions = stripes.withLock(hash: seat.hash) { $0.leave(seat.seat) }
        actions.cancel?.resume(returning: .failure(.cancelled(operation: "get")))
        actions.abandon?.abandon()
    }

    /// Ends the flight: all who sit in it get the outcome.
    @inlinable
    func finish(_ seat: Seat, with outcome: Outcome) {
        let waiters = stripes.withLock(hash: seat.hash) {
            $0.finish(seat.seat.flight, with: outcome)
        }
        for waiter in waiters { waiter.resume(returning: outcome) }
    }

    /// Lets nobody join the key's running flight any more; it goes on for those in it.
    @inlinable
    func detach(_ key: Key) {
        let key = HashedKey(key)
        stripes.withLock(hash: key.hash) { $0.detach(key) }
    }

    /// Lets nobody join any of the running flights any more.
    @inlinable
    func detachAll() { stripes.forEach { $0.detachAll() } }

    /// Whether somebody who asks for the key now would join; for tests.
    func canJoin(_ key: Key) -> Bool {
        let key = HashedKey(key)
        return stripes.withLock(hash: key.hash) { $0.joinableFlight(key) != nil }
    }

    /// Whether nothing is remembered; for tests.
    var isIdle: Bool {
        var isIdle = true
        stripes.forEach { isIdle = isIdle && $0.isIdle }
        return isIdle
    }
}
