public import Synchronization

/// The observer of a cache's readers, if there is one.
///
/// The flag is what a hit looks at; the lock is taken only when somebody listens.
@usableFromInline
final class CacheObservation: Sendable {
    @usableFromInline
    let isObserved = Atomic(false)
    private let observer = Mutex((any CacheObserver)?.none)

    @usableFromInline
    init() {}

    func set(_ observer: (any CacheObserver)?) {
        self.observer.withLock { $0 = observer }
        isObserved.store(observer != nil, ordering: .relaxed)
    }

    /// The observer; foreign code, so it is called after the lock is free.
    @usableFromInline
    var current: (any CacheObserver)? { observer.withLock { $0 } }

    @inlinable
    func tell(_ event: @autoclosure () -> CacheEvent) {
        guard isObserved.load(ordering: .relaxed) else { return }
        current?.observe(event())
    }
}
