internal import Synchronization

/// Those who wait for the end of somebody else's load.
///
/// A seat is taken before the key is looked at, so an end that comes between the look and the sleep
/// is not missed: the seat remembers it. Continuations are resumed after the lock is free.
final class SharedCacheWaiters: Sendable {
    /// A place to wait.
    struct Seat: Hashable, Sendable {
        let key: ByteString
        fileprivate let number: UInt64
    }

    fileprivate enum Waiter {
        case awake
        case decided(Bool)
        case asleep(CheckedContinuation<Bool, Never>)
    }

    fileprivate struct State {
        var lastNumber: UInt64 = 0
        var waiters: [ByteString: [UInt64: Waiter]] = [:]
    }

    private let state = Mutex(State())

    /// How many seats are taken; for tests.
    var count: Int { state.withLock { $0.waiters.values.reduce(0) { $0 + $1.count } } }

    func sit(_ key: ByteString) -> Seat {
        state.withLock { state in
            state.lastNumber += 1
            state.waiters[key, default: [:]][state.lastNumber] = .awake
            return Seat(key: key, number: state.lastNumber)
        }
    }

    /// Sleeps until the seat's outcome is decided, and gives the seat back.
    func wait(_ seat: Seat) async -> Bool {
        await withCheckedContinuation { continuation in
            let outcome: Bool? = state.withLock { state -> Bool? in
                guard case .decided(let outcome)? = state.waiters[seat.key]?[seat.number] else {
                    state.waiters[seat.key, default: [:]][seat.number] = .asleep(continuation)
                    return nil
                }
                state.remove(seat)
                return outcome
            }
            if let outcome { continuation.resume(returning: outcome) }
        }
    }

    /// Decides one seat; nothing when it was decided before.
    func decide(_ seat: Seat, _ outcome: Bool) {
        let sleeper = state.withLock { $0.decide(seat, outcome) }
        sleeper?.resume(returning: outcome)
    }

    /// Wakes all who wait for one of the keys.
    func wake(_ keys: [ByteString]) {
        wake { state in
            keys.flatMap { key in state.seats(of: key) }
        }
    }

    /// Wakes all.
    func wakeAll() {
        wake { state in state.waiters.keys.flatMap { state.seats(of: $0) } }
    }

    private func wake(_ choose: (borrowing State) -> [Seat]) {
        let sleepers = state.withLock { state in
            choose(state).compactMap { state.decide($0, true) }
        }
        for sleeper in sleepers { sleeper.resume(returning: true) }
    }
}

extension SharedCacheWaiters.State {
    fileprivate func seats(of key: ByteString) -> [SharedCacheWaiters.Seat] {
        waiters[key, default: [:]].keys.sorted().map { .init(key: key, number: $0) }
    }

    fileprivate mutating func remove(_ seat: SharedCacheWaiters.Seat) {
        waiters[seat.key]?[seat.number] = nil
        if waiters[seat.key]?.isEmpty == true { waiters[seat.key] = nil }
    }

    fileprivate mutating func decide(
        _ seat: SharedCacheWaiters.Seat, _ outcome: Bool
    ) -> CheckedContinuation<Bool, Never>? {
        switch waiters[seat.key]?[seat.number] {
        case .awake: waiters[seat.key]?[seat.number] = .decided(outcome)
        case .asleep(let continuation):
            remove(seat)
            return continuation
        case .decided, nil: break
        }
        return nil
    }
}
