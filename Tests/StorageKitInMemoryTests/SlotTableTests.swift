import StorageKitTesting
import Testing

@testable import StorageKitInMemory

@Suite("A slot table")
struct SlotTableTests {
    @Test("shows each key that is there all the while exactly once, whatever else changes")
    func visiting() {
        var generator = SeededGenerator(seed: testSeed)
        var table = SlotTable<Int, Int>()
        for key in 0..<500 { table.update(key, for: key) }
        for key in 0..<500 where key % 3 == 0 { _ = table.remove(key) }
        let steady = (0..<500).filter { $0 % 3 != 0 }
        var seen: [Int: Int] = [:]
        var start: Int? = 0
        while let from = start {
            start = table.visit(from: from, limit: 7) { key, _ in seen[key, default: 0] += 1 }.next
            for _ in 0..<20 {
                let passing = Int.random(in: 1000..<1400, using: &generator)
                if Bool.random(using: &generator) {
                    table.update(0, for: passing)
                } else {
                    _ = table.remove(passing)
                }
            }
        }
        #expect(steady.allSatisfy { seen[$0] == 1 })
        #expect(seen.keys.allSatisfy { $0 % 3 != 0 || $0 >= 1000 }, "nothing that was removed")
    }

    @Test("visits about as many keys at a time as asked for, and walks past few free slots")
    func limits() {
        var table = SlotTable<Int, Int>()
        for key in 0..<1000 { table.update(key, for: key) }
        for key in 0..<999 { _ = table.remove(key) }
        let (visited, next) = table.visit(from: 0, limit: 10) { _, _ in }
        #expect(visited == 0 && next == 160)
        let rest = table.visit(from: 160, limit: .max) { _, _ in }
        #expect(rest.visited == 1 && rest.next == nil)
        _ = table.remove(999)
        #expect(table.slotCount == 0, "an empty table keeps no slots")
        #expect(table.visit(from: 500, limit: 5) { _, _ in }.next == nil, "a place that is gone")
    }
}
