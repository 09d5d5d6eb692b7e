import StorageKitTesting
import Testing

@testable import StorageKitInMemory

@Suite("A ring buffer")
struct RingBufferTests {
    @Test("does what an array does, over random operations", arguments: 0..<10 as Range<UInt64>)
    func model(run: UInt64) {
        var generator = SeededGenerator(seed: testSeed &+ run)
        var (buffer, model) = (RingBuffer<Int>(), [Int]())
        for step in 0..<3000 {
            // Grows for a while, then shrinks, so that both ends wrap and the places move.
            let grows = Int.random(in: 0..<10, using: &generator) < (step % 600 < 300 ? 7 : 3)
            switch (grows, Bool.random(using: &generator)) {
            case (true, true):
                buffer.append(step)
                model.append(step)
            case (true, false):
                buffer.prepend(step)
                model.insert(step, at: 0)
            case (false, true): #expect(buffer.popLast() == model.popLast())
            case (false, false):
                #expect(buffer.popFirst() == (model.isEmpty ? nil : model.removeFirst()))
            }
            guard buffer.elements(in: 0..<Int.max) == model else {
                Issue.record("differs after step \(step) of seed \(generator.seed)")
                return
            }
        }
    }

    @Test("trims and reads ranges as a slice does, beyond the end as well")
    func ranges() {
        for head in 0..<9 {
            for (lower, upper) in [(0, 0), (0, 3), (2, 5), (3, 100), (7, 100), (0, Int.max)] {
                var buffer = RingBuffer<Int>()
                for _ in 0..<head { buffer.append(-1) }
                for number in 0..<6 { buffer.append(number) }
                for _ in 0..<head { _ = buffer.popFirst() }
                let expected = Array((0..<6).clamped(to: lower..<upper))
                #expect(buffer.elements(in: lower..<upper) == expected)
                buffer.trim(to: lower..<upper)
                #expect(buffer.elements(in: 0..<6) == expected)
            }
        }
    }

    @Test("removes what satisfies a condition, the first ones first, up to a limit")
    func removal() {
        var buffer = RingBuffer<Int>()
        for number in 0..<10 { buffer.append(number) }
        let two = buffer.remove(limit: 2) { $0 % 3 == 0 }
        #expect(two == 2)
        #expect(buffer.elements(in: 0..<10) == [1, 2, 4, 5, 6, 7, 8, 9])
        let rest = buffer.remove { $0 > 5 }
        #expect(rest == 4)
        #expect(buffer.elements(in: 0..<10) == [1, 2, 4, 5])
    }

    @Test("keeps neither elements alive that are gone nor the room they had")
    func memory() {
        final class Thing: Sendable {}
        var buffer = RingBuffer<Thing>()
        weak var first: Thing?
        for number in 0..<1000 {
            let thing = Thing()
            if number == 0 { first = thing }
            buffer.append(thing)
        }
        #expect(first != nil)
        _ = buffer.popFirst()
        #expect(first == nil)
        for _ in 0..<995 { _ = buffer.popFirst() }
        #expect(buffer.count == 4 && buffer.capacity <= 16)
    }
}
