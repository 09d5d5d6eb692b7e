// What `TaggedCache` asks for.
//
// Clearing a tag counts up, and notes the count at the tag: nothing is searched for. An entry that
// carries the tag is recognised when it is met, by the count of its load's beginning.

extension CacheStripe {
    /// Clears the tags; clears everything when there are more of them than are remembered.
    @usableFromInline
    mutating func clear(_ tags: Set<CacheTag>) {
        clearings += 1
        for tag in tags { clearedTags[tag] = clearings }
        // After this there is nothing left that has to be compared with what is forgotten, but for
        // barriers, and those are contended.
        guard clearedTags.count > limits.tags else { return }
        removeAll()
        clearedTags.removeAll()
    }

    /// Whether the entry in the slot carries a tag that was cleared after its load had begun.
    ///
    /// An entry without tags, or one that was met since the last clearing, costs a comparison.
    @inlinable
    mutating func isCleared(_ entry: StoredEntry<Key, Value>, in slot: Int) -> Bool {
        guard marks[slot].survived < clearings else { return false }
        if isCleared(entry) { return true }
        marks[slot].survived = clearings
        return false
    }

    @inlinable
    func isCleared(_ entry: StoredEntry<Key, Value>) -> Bool {
        guard entry.clearings < clearings, !entry.tags.isEmpty else { return false }
        return entry.tags.contains { clearedTags[$0] ?? 0 > entry.clearings }
    }
}
