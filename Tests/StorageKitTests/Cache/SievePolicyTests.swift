import StorageKitTesting
import Testing

@testable import StorageKit

@Suite("SIEVE")
struct SievePolicyTests {
    /// A to G are slots 0 to 6, inserted in this order.
    private func sevenEntries(visited: [Int]) -> SievePolicy {
        var policy = SievePolicy(capacity: 7)
        for slot in 0..<7 { policy.inserted(slot: slot, hash: slot) }
        for slot in visited { policy.accessed(slot: slot) }
        return policy
    }

    @Test("spares the visited, clears their bits, and goes on from where it stopped")
    func example() {
        // G F E* D C* B A*, the hand at A.
        var policy = sevenEntries(visited: [0, 2, 4])
        #expect(policy.evict() == 1, "A is spared, B goes")
        policy.inserted(slot: 1, hash: 7)
        #expect(policy.evict() == 3, "C is spared, D goes; A is not looked at again")
        policy.inserted(slot: 3, hash: 8)
        #expect(policy.evict() == 5, "E is spared, F goes")
        #expect(policy.evict() == 6, "G goes")
        #expect(policy.evict() == 1, "then the newer ones, in the order they came")
        #expect(policy.evict() == 3)
        #expect(policy.evict() == 0, "and from the oldest again: A was not visited since")
    }

    @Test("finds a victim when all are visited")
    func allVisited() {
        var policy = sevenEntries(visited: Array(0..<7))
        #expect(policy.evict() == 0)
    }

    @Test("goes on when the entry under the hand is removed by somebody else")
    func removalUnderHand() {
        var policy = sevenEntries(visited: [0])
        #expect(policy.victim() == 1)
        policy.removed(slot: 1)
        policy.removed(slot: 2)
        #expect(policy.evict() == 3)
    }

    @Test("does what Algorithm 1 of the paper does, over random requests", arguments: 0..<20)
    func paper(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let capacity = Int.random(in: 1...8, using: &generator)
        var paper = PaperSieve(capacity: capacity)
        var ours = PolicyCache(capacity: capacity)
        for _ in 0..<2000 {
            let key = Int.random(in: 0..<12, using: &generator)
            if Int.random(in: 0..<10, using: &generator) == 0 {
                paper.remove(key)
                ours.remove(key)
            } else {
                #expect(paper.request(key) == ours.request(key))
            }
        }
    }
}

extension SievePolicy {
    fileprivate mutating func evict() -> Int {
        let slot = victim()
        removed(slot: slot)
        return slot
    }
}

/// Algorithm 1 of the paper, word for word, with an array for the queue.
private struct PaperSieve {
    let capacity: Int
    var queue: [(key: Int, visited: Bool)] = []  // tail first, head last
    var hand: Int?  // a key

    /// - Returns: Whether it was a hit.
    mutating func request(_ key: Int) -> Bool {
        if let place = queue.firstIndex(where: { $0.key == key }) {
            queue[place].visited = true
            return true
        }
        if queue.count == capacity { evict() }
        queue.append((key, false))
        return false
    }

    mutating func remove(_ key: Int) {
        guard let place = queue.firstIndex(where: { $0.key == key }) else { return }
        if hand == key { hand = place + 1 < queue.count ? queue[place + 1].key : nil }
        queue.remove(at: place)
    }

    private mutating func evict() {
        var place = queue.firstIndex { $0.key == hand } ?? 0
        while queue[place].visited {
            queue[place].visited = false
            place = place + 1 < queue.count ? place + 1 : 0
        }
        hand = queue[place].key
        remove(queue[place].key)
    }
}

/// The policy with the least around it that makes it a cache.
private struct PolicyCache {
    let capacity: Int
    var policy: SievePolicy
    var slots: [Int?]

    init(capacity: Int) {
        self.capacity = capacity
        policy = SievePolicy(capacity: capacity)
        slots = Array(repeating: nil, count: capacity)
    }

    mutating func request(_ key: Int) -> Bool {
        if let slot = slots.firstIndex(of: key) {
            policy.accessed(slot: slot)
            return true
        }
        if !slots.contains(nil) { empty(policy.victim()) }
        guard let slot = slots.firstIndex(of: nil) else { return false }
        slots[slot] = key
        policy.inserted(slot: slot, hash: key)
        return false
    }

    mutating func remove(_ key: Int) {
        if let slot = slots.firstIndex(of: key) { empty(slot) }
    }

    private mutating func empty(_ slot: Int) {
        slots[slot] = nil
        policy.removed(slot: slot)
    }
}
