internal import StorageKit

/// Who waits, in the order of arrival, each until a deadline: a value.
///
/// All take constant time on the average. Deadlines rise with the order of arrival, as everybody
/// waits equally long.
struct WaitingLine<Waiter: Sendable>: Sendable {
    private struct Place: Sendable {
        let waiter: Waiter
        let deadline: Moment
    }

    private var order = FIFO<UInt64>()
    private var places: [UInt64: Place] = [:]

    var count: Int { places.count }
    var isEmpty: Bool { places.isEmpty }

    /// Who has waited longest: his number.
    mutating func first() -> UInt64? {
        skipGone()
        return order.first
    }

    /// When the first one has waited long enough.
    mutating func firstDeadline() -> Moment {
        guard let number = first(), let place = places[number] else { return .never }
        return place.deadline
    }

    mutating func append(_ waiter: Waiter, number: UInt64, until deadline: Moment) {
        order.append(number)
        places[number] = Place(waiter: waiter, deadline: deadline)
    }

    mutating func popFirst() -> Waiter? {
        guard let number = first() else { return nil }
        _ = order.popFirst()
        return places.removeValue(forKey: number)?.waiter
    }

    /// Takes one out, wherever he is.
    mutating func remove(_ number: UInt64) -> Waiter? {
        places.removeValue(forKey: number)?.waiter
    }

    /// Takes those out who have waited long enough.
    mutating func expire(_ now: Moment) -> [Waiter] {
        var expired: [Waiter] = []
        while firstDeadline() <= now, let waiter = popFirst() { expired.append(waiter) }
        return expired
    }

    mutating func removeAll() -> [Waiter] {
        var all: [Waiter] = []
        while let waiter = popFirst() { all.append(waiter) }
        return all
    }

    private mutating func skipGone() {
        while let number = order.first, places[number] == nil { _ = order.popFirst() }
    }
}
