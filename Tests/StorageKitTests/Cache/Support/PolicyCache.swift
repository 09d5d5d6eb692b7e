@testable import StorageKit

/// The eviction policy with the least around it that makes it a cache.
struct PolicyCache {
    let capacity: Int
    private var policy: Clock2QPolicy
    private var index: [Int: Int] = [:]
    private var keys: [Int] = []
    private var free: [Int]

    init(capacity: Int) {
        self.capacity = capacity
        policy = Clock2QPolicy(capacity: capacity)
        free = Array((0..<capacity).reversed())
        keys = Array(repeating: -1, count: capacity)
    }

    func contains(_ key: Int) -> Bool { index[key] != nil }

    /// - Returns: Whether it was a hit.
    mutating func request(_ key: Int) -> Bool {
        if let slot = index[key] {
            policy.accessed(slot: slot)
            return true
        }
        if free.isEmpty { remove(keys[policy.victim()]) }
        guard let slot = free.popLast() else { return false }
        index[key] = slot
        keys[slot] = key
        policy.inserted(slot: slot, hash: key)
        return false
    }

    mutating func remove(_ key: Int) {
        guard let slot = index.removeValue(forKey: key) else { return }
        policy.removed(slot: slot)
        free.append(slot)
    }

    /// Each slot in use is in one queue, once, and in the one that it believes.
    var invariantsHold: Bool {
        let small = policy.links.slots(of: policy.small)
        let main = policy.links.slots(of: policy.main)
        return small.count == policy.small.count && main.count == policy.main.count
            && Set(small + main) == Set(index.values) && small.count + main.count == index.count
            && small.allSatisfy { policy.places[$0].queue == .small }
            && main.allSatisfy { policy.places[$0].queue == .main }
    }
}
