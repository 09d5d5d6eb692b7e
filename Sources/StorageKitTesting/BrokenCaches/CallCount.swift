import Synchronization

/// Counts the calls of one broken subject.
final class CallCount: Sendable {
    private let count = Atomic(0)

    /// The number of this call, the first being 1.
    func next() -> Int { count.add(1, ordering: .relaxed).newValue }
}
