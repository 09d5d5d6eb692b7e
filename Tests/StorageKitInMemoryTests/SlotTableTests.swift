import StorageKit
import StorageKitTesting
import Testing

@testable import StorageKitInMemory

@Suite("A slot table")
struct SlotTableTests {
    private func name(_ number: Int) -> ByteString { ByteString("\(number)") }

    @Test("shows each key that is there all the while exactly once, whatever else changes")
    func visiting() {
        var generator = SeededGenerator(seed: testSeed)
        var table = SlotTable<StoredSet.Membership>()
        for key in (0..<500).map(name) { table.update(.vacant, for: HashedKey(key)) }
        for number in 0..<500 where number % 3 == 0 {
            let key = name(number)
            _ = table.remove(HashedKey(key))
        }
        let steady = (0..<500).filter { $0 % 3 != 0 }
        var seen: [ByteString: Int] = [:]
        var start: Int? = 0
        while let from = start {
            start = table.visit(from: from, limit: 7) { key, _ in seen[key, default: 0] += 1 }.next
            for _ in 0..<20 {
                let passing = name(Int.random(in: 1000..<1400, using: &generator))
                if Bool.random(using: &generator) {
                    table.update(.vacant, for: HashedKey(passing))
                } else {
                    _ = table.remove(HashedKey(passing))
                }
            }
        }
        #expect(steady.allSatisfy { seen[name($0)] == 1 })
        #expect(!seen.keys.contains(name(0)) && seen[name(3)] == nil, "nothing that was removed")
    }

    @Test("visits about as many keys at a time as asked for, and walks past few free slots")
    func limits() {
        var table = SlotTable<StoredSet.Membership>()
        for key in (0..<1000).map(name) { table.update(.vacant, for: HashedKey(key)) }
        for key in (0..<999).map(name) { _ = table.remove(HashedKey(key)) }
        let (visited, next) = table.visit(from: 0, limit: 10) { _, _ in }
        #expect(visited == 0 && next == 160)
        let rest = table.visit(from: 160, limit: .max) { _, _ in }
        #expect(rest.visited == 1 && rest.next == nil)
        _ = table.remove(HashedKey(name(999)))
        #expect(table.slotCount == 0, "an empty table keeps no slots")
        #expect(table.visit(from: 500, limit: 5) { _, _ in }.next == nil, "a place that is gone")
    }

    @Test("does what a dictionary does, over random operations", arguments: 0..<5 as Range<UInt64>)
    func model(run: UInt64) {
        var generator = SeededGenerator(seed: testSeed &+ run)
        var (table, model) = (SlotTable<ByteString>(), [ByteString: ByteString]())
        for step in 0..<4000 {
            let key = name(Int.random(in: 0..<200, using: &generator))
            // Grows for a while, then shrinks, to nothing now and then.
            if Int.random(in: 0..<10, using: &generator) < (step % 1000 < 500 ? 8 : 1) {
                let isNew = table.update(name(step), for: HashedKey(key))
                #expect(isNew == (model.updateValue(name(step), forKey: key) == nil))
            } else {
                let was = table.remove(HashedKey(key))
                #expect(was == (model.removeValue(forKey: key) != nil))
            }
            #expect(table.count == model.count)
            guard step % 50 == 0 else { continue }
            var all: [ByteString: ByteString] = [:]
            table.forEach { all[$0] = $1 }
            #expect(all == model)
            #expect((0..<200).allSatisfy { table[HashedKey(name($0))] == model[name($0)] })
        }
    }
}
