internal import Synchronization

/// The invalidations of this process that have begun and not ended.
///
/// Between the shared tier's forgetting and the local one's, somebody of this process could see the
/// one and then be served by the other: a fill refused, and then the old entry. So the local tier
/// is not asked for these keys meanwhile.
@usableFromInline
final class InvalidationsUnderWay<Key: Hashable & Sendable>: Sendable {
    private struct State {
        var counts: [Key: Int] = [:]
        /// Those of everything, or of whose keys nobody knows.
        var others = 0
    }

    private let state = Mutex(State())
    private let count = Atomic(0)

    /// Whether there are none: all that a local hit pays for.
    @usableFromInline
    var isEmpty: Bool { count.load(ordering: .acquiring) == 0 }

    /// Whether the key's entry may be one that is being invalidated.
    @usableFromInline
    func cover(_ key: Key) -> Bool {
        state.withLock { $0.others > 0 || $0.counts[key] != nil }
    }

    /// Runs an invalidation.
    ///
    /// - Parameter keys: Whose entries it is for; `nil` for all.
    func during<Value: Sendable>(
        _ keys: [Key]?, _ body: () async -> Value
    ) async -> Value {
        change(keys, by: 1)
        defer { change(keys, by: -1) }
        return await body()
    }

    private func change(_ keys: [Key]?, by step: Int) {
        state.withLock { state in
            guard let keys else {
                state.others += step
                return
            }
            for key in keys {
                let count = state.counts[key, default: 0] + step
                state.counts[key] = count == 0 ? nil : count
            }
        }
        count.wrappingAdd(step, ordering: .acquiringAndReleasing)
    }
}
