import StorageKitTesting
import Testing

@testable import StorageKit

@Suite("A queue")
struct FIFOTests {
    @Test("does what an array does, over random operations", arguments: 0..<10 as Range<UInt64>)
    func model(run: UInt64) {
        var generator = SeededGenerator(seed: keyValueSeed &+ run)
        var (queue, model) = (FIFO<Int>(), [Int]())
        for step in 0..<2000 {
            // Grows for a while, then shrinks, so that gaps come before the head and are closed.
            let grows = Int.random(in: 0..<10, using: &generator) < (step % 400 < 200 ? 7 : 3)
            switch (grows, Int.random(in: 0..<40, using: &generator)) {
            case (_, 0):
                queue.modifyEach { $0 += 1 }
                for index in model.indices { model[index] += 1 }
            case (_, 1):
                queue.modifyFirst { $0 = -1 }
                if !model.isEmpty { model[0] = -1 }
            case (_, 2):
                #expect(queue.remove { $0 % 7 == 0 } == model.filter { $0 % 7 == 0 })
                model.removeAll { $0 % 7 == 0 }
            case (true, 3..<10):
                queue.prepend(step)
                model.insert(step, at: 0)
            case (true, _):
                queue.append(step)
                model.append(step)
            case (false, _):
                #expect(queue.popFirst() == (model.isEmpty ? nil : model.removeFirst()))
            }
            guard queue.all == model, queue.count == model.count, queue.first == model.first else {
                Issue.record("differs after step \(step) of seed \(generator.seed)")
                return
            }
        }
        #expect(queue.removeAll() == model && queue.isEmpty)
    }

    @Test("keeps nothing alive that was taken out")
    func memory() {
        final class Thing: Sendable {}
        var queue = FIFO<Thing>()
        weak var first: Thing?
        for number in 0..<10 {
            let thing = Thing()
            if number == 0 { first = thing }
            queue.append(thing)
        }
        #expect(first != nil)
        _ = queue.popFirst()
        #expect(first == nil)
    }
}
