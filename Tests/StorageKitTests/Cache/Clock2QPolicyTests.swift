import StorageKitTesting
import Testing

@testable import StorageKit

@Suite("Two queues and a clock")
struct Clock2QPolicyTests {
    @Test(
        "does what the naive model does, over random requests", arguments: 0..<20 as Range<UInt64>)
    func model(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let capacity = Int.random(in: 1...20, using: &generator)
        var model = NaiveTwoQueues(capacity: capacity)
        var ours = PolicyCache(capacity: capacity)
        for _ in 0..<3000 {
            let key = Int.random(in: 0..<32, using: &generator)
            if Int.random(in: 0..<10, using: &generator) == 0 {
                model.remove(key)
                ours.remove(key)
            } else {
                let (expected, found) = (model.request(key), ours.request(key))
                #expect(expected == found)
            }
            #expect(ours.invariantsHold)
        }
    }

    @Test("a scan pushes nothing out that has proved itself")
    func scan() {
        var cache = PolicyCache(capacity: 100)
        for _ in 0..<4 { for key in 0..<80 { _ = cache.request(key) } }
        for key in 1000..<1060 { _ = cache.request(key) }
        for key in 0..<80 { _ = cache.request(key) }
        for key in 2000..<12_000 { _ = cache.request(key) }
        let kept = (0..<80).count { cache.contains($0) }
        #expect(kept > 60, "\(kept) of 80 are left")
    }

    @Test("has hits in a loop that is a little longer than the cache, where a queue has none")
    func loop() {
        var cache = PolicyCache(capacity: 100)
        var hits = 0
        for request in 0..<12_000 where cache.request(request % 120) { hits += 1 }
        #expect(hits > 6000, "\(hits) of 12,000")
    }

    @Test("remembers as many ghosts as it is told, each once")
    func ghosts() {
        var ghosts = GhostTable()
        for fingerprint in 0..<100 as Range<UInt32> { ghosts.insert(fingerprint, among: 10) }
        let found = (0..<100 as Range<UInt32>).filter { ghosts.remove($0, within: 10) }
        #expect(found.allSatisfy { $0 >= 90 } && found.count >= 8)
        let again = ghosts.remove(99, within: 10)
        #expect(!again)
    }
}

/// The description of the policy, word for word, with arrays for the queues.
///
/// The ghosts are the real ones: a crowded bucket forgets early, which the model is not to judge.
private struct NaiveTwoQueues {
    struct Entry {
        let key: Int
        var uses = 0
        var arrival = 0
    }

    let capacity: Int
    var small: [Entry] = []  // oldest first
    var main: [Entry] = []
    var ghosts = GhostTable()
    var arrivals = 0

    var count: Int { small.count + main.count }
    var ghostCount: Int { max(1, count - count / 10) }

    /// - Returns: Whether it was a hit.
    mutating func request(_ key: Int) -> Bool {
        if let place = main.firstIndex(where: { $0.key == key }) {
            main[place].uses = min(3, main[place].uses + 1)
            return true
        }
        if let place = small.firstIndex(where: { $0.key == key }) {
            let isInWindow = 2 * (arrivals - small[place].arrival) < small.count
            if !isInWindow { small[place].uses = min(3, small[place].uses + 1) }
            return true
        }
        if count == capacity { evict() }
        insert(key)
        return false
    }

    mutating func remove(_ key: Int) {
        small.removeAll { $0.key == key }
        main.removeAll { $0.key == key }
    }

    private mutating func insert(_ key: Int) {
        if ghosts.remove(UInt32(key), within: ghostCount) { return main.append(Entry(key: key)) }
        small.append(Entry(key: key, arrival: arrivals))
        arrivals += 1
    }

    private mutating func evict() {
        while true {
            if !small.isEmpty, main.isEmpty || small.count >= count / 10 {
                if small[0].uses == 0 { ghosts.insert(UInt32(small[0].key), among: ghostCount) }
                let entry = small.removeFirst()
                if entry.uses == 0 { return }
                main.append(Entry(key: entry.key))
            } else {
                var entry = main.removeFirst()
                if entry.uses == 0 { return }
                entry.uses -= 1
                main.append(entry)
            }
        }
    }
}
