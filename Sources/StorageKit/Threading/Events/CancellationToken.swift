internal import Synchronization

/// Brings the two together that do not know who comes first: the number under which a call waits,
/// and the cancellation that needs it.
///
/// One atomic word, so whichever comes second sees the other.
package struct CancellationToken: ~Copyable, Sendable {
    /// 0 at first, `cancelled`, or the number and 1.
    private let word = Atomic<UInt64>(0)
    private static var cancelled: UInt64 { .max }

    /// A call of which neither is known yet.
    package init() {}

    /// The call waits under this number.
    ///
    /// - Returns: Whether the cancellation came before.
    package func begin(_ number: UInt64) -> Bool {
        let (exchanged, _) = word.compareExchange(
            expected: 0, desired: number + 1, ordering: .acquiringAndReleasing)
        return !exchanged
    }

    /// The call is cancelled.
    ///
    /// - Returns: Its number, when it waits already.
    package func cancel() -> UInt64? {
        let before = word.exchange(Self.cancelled, ordering: .acquiringAndReleasing)
        return before == 0 || before == Self.cancelled ? nil : before - 1
    }
}
