internal import Synchronization

/// The loads of this process that have read the primary and are being published.
///
/// Nobody joins such a load, for in a cache that others share it may be older than what they have
/// invalidated meanwhile. Who looks before it is published finds its lease and not its entry, as if
/// another process were loading; but the end is near and known here, so he waits for it and looks
/// again, instead of reading the primary once more.
final class CachePublications<Key: Hashable & Sendable>: Sendable {
    private struct Running {
        var publication: Task<Set<Key>, Never>
        var number: UInt64
    }

    private struct State {
        var lastNumber: UInt64 = 0
        var running: [Key: Running] = [:]
    }

    private let state = Mutex(State())

    /// Publishes what was loaded, known to all who look for one of the keys from the moment before
    /// it begins until it has ended.
    ///
    /// - Parameter body: Lets nobody join the loads any more, and publishes.
    /// - Returns: The keys that were stored.
    func run(
        _ keys: [Key], _ body: @escaping @Sendable () async -> Set<Key>
    ) async -> Set<Key> {
        let (publication, number) = state.withLock { state in
            state.lastNumber += 1
            // It begins behind the lock or waits for it: nobody misses it in between.
            let publication = Task { await body() }
            for key in keys {
                state.running[key] = Running(publication: publication, number: state.lastNumber)
            }
            return (publication, state.lastNumber)
        }
        let stored = await publication.value
        state.withLock { state in
            for key in keys where state.running[key]?.number == number {
                state.running[key] = nil
            }
        }
        return stored
    }

    /// The publication of a key that is running, if one is.
    func running(_ key: Key) -> Task<Set<Key>, Never>? {
        state.withLock { $0.running[key]?.publication }
    }
}
