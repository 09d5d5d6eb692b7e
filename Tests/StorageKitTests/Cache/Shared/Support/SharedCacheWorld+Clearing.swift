@testable import StorageKit

extension SharedCacheWorld {
    /// The tag of every entry where tags matter.
    static let tag = CacheTag("a")
    static let otherTag = CacheTag("b")

    /// Begins a generation that nothing belongs to.
    ///
    /// Names are used again when the record does not carry them, and nothing else could.
    mutating func beginGeneration() {
        if setup.rules == .countGenerations {
            return begin(generation: epoch.generation.rawValue + 1)
        }
        var name: UInt64 = 1
        while name == epoch.generation.rawValue || name == record?.generation?.rawValue {
            name += 1
        }
        begin(generation: name)
    }

    /// The storage loses the generation, and whoever looks next begins another.
    mutating func loseGeneration() {
        if setup.rules == .countGenerations { begin(generation: 1) } else { beginGeneration() }
    }

    /// Whether it makes a difference when the storage loses the generation.
    var canLoseGeneration: Bool {
        guard setup.forgets, setup.isCleared else { return false }
        return record?.generation == epoch.generation
            || setup.rules == .countGenerations && epoch.generation.rawValue > 1
    }

    private mutating func begin(generation: UInt64) {
        epoch = SharedCacheEpoch(generation: SharedCacheToken(rawValue: generation)!)
        clearedTags = [:]
    }

    mutating func clear(_ tag: CacheTag) {
        epoch = SharedCacheEpoch(
            generation: epoch.generation, clearings: epoch.clearings + 1)
        clearedTags[tag] = epoch.clearings
    }
}

extension SharedCacheRecord {
    /// What the record belongs to.
    var epoch: SharedCacheEpoch? {
        switch self {
        case .lease(let lease): lease.epoch
        case .entry(let entry): entry.epoch
        case .barrier(let barrier): barrier.epoch
        case .floor: nil
        }
    }

    var generation: SharedCacheToken? { epoch?.generation }
}
