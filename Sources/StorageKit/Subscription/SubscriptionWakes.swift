/// Tasks that a ``SubscriptionBuffer`` has an answer for, and their answers.
///
/// A hub that has a lock collects them while it holds it, in the order in which things came, and
/// resumes them when it has let go: a task that is resumed may run at once, on the executor of
/// whoever resumes it, and ask the hub for something. Nothing is out of order for it, as each
/// reader is given its event when it is collected.
package struct SubscriptionWakes<Event: SubscriptionEvent>: Sendable {
    typealias Buffer = SubscriptionBuffer<Event>

    private var readers: [(Buffer.Reader, Buffer.Outcome)] = []
    private var starters: [(Buffer.Starter, Buffer.Start)] = []

    /// Creates a collection of none.
    package init() {}

    /// Whether nobody is to be resumed.
    package var isEmpty: Bool { readers.isEmpty && starters.isEmpty }

    /// Resumes them; once, and with no lock held.
    package func resume() {
        for (reader, outcome) in readers { reader.resume(returning: outcome) }
        for (starter, start) in starters { starter.resume(returning: start) }
    }

    mutating func add(_ reader: Buffer.Reader, _ outcome: Buffer.Outcome) {
        readers.append((reader, outcome))
    }

    mutating func add(_ starter: Buffer.Starter, _ start: Buffer.Start) {
        starters.append((starter, start))
    }
}
