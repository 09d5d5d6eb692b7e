/// All that a step of a ``SharedCacheRecord`` depends on besides the record and the call.
public struct SharedCacheMoment: Sendable {
    /// What time it is, by the storage's clock.
    public var now: SharedCacheInstant
    /// What entries must belong to.
    public var epoch: SharedCacheEpoch
    /// For each tag that was ever invalidated in this generation, the clearing that was last.
    ///
    /// Those of the record's tags suffice. `nil` when they were not looked at: an entry that may
    /// have been invalidated by tag is then neither a hit nor a miss.
    public var clearedTags: [CacheTag: UInt64]?

    /// Creates a moment.
    public init(
        now: SharedCacheInstant, epoch: SharedCacheEpoch, clearedTags: [CacheTag: UInt64]?
    ) {
        self.now = now
        self.epoch = epoch
        self.clearedTags = clearedTags
    }

    /// Whether an entry counts; `nil` when that depends on tags that were not looked at.
    func counts(_ entry: SharedCacheRecord.Entry) -> Bool? {
        guard entry.epoch.generation == epoch.generation, now < entry.end else { return false }
        if entry.content.tags.isEmpty || entry.epoch.clearings >= epoch.clearings { return true }
        guard let clearedTags else { return nil }
        return entry.content.tags.allSatisfy { tag in
            clearedTags[tag, default: 0] <= entry.epoch.clearings
        }
    }
}
