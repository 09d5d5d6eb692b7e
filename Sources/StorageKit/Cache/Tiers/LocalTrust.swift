internal import Synchronization

/// Until when a local tier is believed.
///
/// Read on every local hit, written by the listener: see ``InvalidationListenerState`` for why it
/// ends by itself.
@usableFromInline
final class LocalTrust: Sendable {
    private let end = Atomic(Int64.min)

    /// Acquiring, so that who believes the local tier sees what the listener dropped before.
    @usableFromInline
    func holds(at now: Duration) -> Bool { now.nanoseconds < end.load(ordering: .acquiring) }

    func extend(to end: Duration) { self.end.store(end.nanoseconds, ordering: .releasing) }

    func revoke() { end.store(.min, ordering: .releasing) }
}
