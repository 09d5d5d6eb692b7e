/// Whether a thread that has nothing to do looks again for a moment before it sleeps, as a value.
///
/// To be woken costs a thread tens of microseconds, more than a server on the same machine takes to
/// answer. So where answers have kept coming shortly after one another, looking again is cheaper
/// than sleeping; where they have not, it is a waste of a core. What paid last time is expected to
/// pay again, and each miss doubles the number of times that it is not even tried: the same bet
/// that adaptive locks make.
struct SpinBudget: Sendable {
    /// For how long to look.
    let time: Duration
    private var misses = 0
    /// How many further occasions to let pass.
    private(set) var skips = 0

    /// At most so many occasions pass between two tries.
    private static let maximumDoublings = 10

    init(time: Duration) { self.time = time }

    /// Whether to look again on this occasion.
    mutating func begins() -> Bool {
        guard time > .zero else { return false }
        guard skips > 0 else { return true }
        skips -= 1
        return false
    }

    /// Something came while it was looking.
    mutating func hit() { misses = 0 }

    /// Nothing came.
    mutating func miss() {
        misses = min(misses + 1, Self.maximumDoublings)
        skips = 1 << misses
    }
}
