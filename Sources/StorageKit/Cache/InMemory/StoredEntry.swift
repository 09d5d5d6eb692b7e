/// An entry as an in-process cache keeps it: with moments in place of times that are left.
///
/// An object, so that looking at one field of it copies none of the others; and one that never
/// changes, so that copies of a stripe can share it. What changes is in ``SlotMarks``.
@usableFromInline
final class StoredEntry<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    @usableFromInline
    let key: HashedKey<Key>
    @usableFromInline
    let value: Value?
    /// When it ends; `nil` for never.
    @usableFromInline
    let deadline: Duration?
    /// Until when it is fresh; `nil` for as long as it lives.
    @usableFromInline
    let freshUntil: Duration?
    @usableFromInline
    let version: CacheVersion?
    @usableFromInline
    let tags: Set<CacheTag>
    @usableFromInline
    let weight: Int

    /// The clearings of tags that there had been when its load began.
    @usableFromInline
    let clearings: UInt64

    @inlinable
    init(
        _ entry: CacheEntry<Value>, of key: HashedKey<Key>, weight: Int, clearings: UInt64,
        now: Duration
    ) {
        self.key = key
        value = entry.value
        deadline = entry.timeToLive.map { now + $0 }
        freshUntil = entry.freshFor.map { now + $0 }
        version = entry.version
        tags = entry.tags
        self.weight = weight
        self.clearings = clearings
    }

    @inlinable
    func isFresh(for demanded: Duration?, at now: Duration) -> Bool {
        guard let demanded else { return false }
        guard let end = freshUntil ?? deadline else { return true }
        return end - now > demanded
    }

    /// The entry as a reader is given it.
    @inlinable
    func answer(at now: Duration) -> CacheEntry<Value> {
        CacheEntry(
            value, timeToLive: deadline.map { $0 - now }, freshFor: freshUntil.map { $0 - now },
            version: version, tags: tags)
    }
}
