internal import StorageKit

/// Who has one of a bounded number of things and who waits for one, as a value.
///
/// A thing given back goes to who has waited longest, else it stays and is the next to be taken:
/// so the fewest are in use. Waiting ends by a grant, `cancel`, `expire` or `close`, exactly once.
/// All take constant time but for the last three, which look at all who wait.
struct ExclusivePool<Item: Sendable, Waiter: Sendable>: Sendable {
    enum Acquisition: Sendable {
        /// Take this one.
        case take(Item)
        /// Make one; it is counted.
        case make
        /// Wait under this number.
        case wait
        case closed
    }

    private struct Entry: Sendable {
        let number: UInt64
        let waiter: Waiter
        let deadline: Moment
    }

    let maximum: Int
    private(set) var made = 0
    private var idle: [Item] = []
    private var waiting: [Entry] = []
    private(set) var isClosed = false

    init(maximum: Int) { self.maximum = max(1, maximum) }

    /// Asks for a thing, without waiting yet.
    mutating func acquire() -> Acquisition {
        guard !isClosed else { return .closed }
        if let item = idle.popLast() { return .take(item) }
        guard made < maximum else { return .wait }
        made += 1
        return .make
    }

    /// Waits, after ``acquire()`` said so with the same lock held.
    mutating func wait(_ waiter: Waiter, number: UInt64, until deadline: Moment) {
        waiting.append(Entry(number: number, waiter: waiter, deadline: deadline))
    }

    /// Gives a thing back.
    ///
    /// - Returns: Who gets it now.
    mutating func release(_ item: Item) -> Waiter? {
        guard !isClosed else { return nil }
        guard waiting.isEmpty else { return waiting.removeFirst().waiter }
        idle.append(item)
        return nil
    }

    /// Who waited under this number, and does no more.
    mutating func cancel(_ number: UInt64) -> Waiter? {
        guard let index = waiting.firstIndex(where: { $0.number == number }) else { return nil }
        return waiting.remove(at: index).waiter
    }

    /// Those who have waited until their deadline, and do no more.
    mutating func expire(_ now: Moment) -> [Waiter] {
        let over = waiting.filter { $0.deadline <= now }.map(\.waiter)
        if !over.isEmpty { waiting.removeAll { $0.deadline <= now } }
        return over
    }

    /// The earliest deadline of those who wait.
    var nextDeadline: Moment { waiting.map(\.deadline).min() ?? .never }

    /// Grants nothing from now on.
    ///
    /// - Returns: Those who wait.
    mutating func close() -> [Waiter] {
        isClosed = true
        defer { (waiting, idle) = ([], []) }
        return waiting.map(\.waiter)
    }
}
