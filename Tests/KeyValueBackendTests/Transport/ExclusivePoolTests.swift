import StorageKit
import StorageKitTesting
import Testing

@testable import KeyValueBackend

@Suite("Who gets an exclusive connection, as a state machine")
struct ExclusivePoolTests {
    @Test(
        "in random orders each thing has one holder, each waiter one end, first come first served")
    func random() {
        var generator = SeededGenerator(seed: transportSeed)
        for _ in 0..<300 {
            var world = World(maximum: Int.random(in: 1...4, using: &generator))
            for _ in 0..<200 { world.step(using: &generator) }
            world.close()
        }
    }

    private struct World {
        var pool: ExclusivePool<Int, UInt64>
        var held: Set<Int> = []
        var waiting: [UInt64] = []
        var last: UInt64 = 0
        var made = 0
        let maximum: Int

        init(maximum: Int) {
            self.maximum = maximum
            pool = ExclusivePool(maximum: maximum)
        }

        mutating func step(using generator: inout SeededGenerator) {
            switch Int.random(in: 0..<6, using: &generator) {
            case 0...2: acquire()
            case 3: release(using: &generator)
            case 4: cancel(using: &generator)
            default: expire(using: &generator)
            }
            #expect(held.count <= maximum)
            #expect(waiting.isEmpty || held.count == maximum)
        }

        mutating func acquire() {
            switch pool.acquire() {
            case .take(let item): #expect(held.insert(item).inserted)
            case .make:
                #expect(held.insert(made).inserted)
                made += 1
            case .wait:
                last += 1
                pool.wait(last, number: last, until: Moment(nanoseconds: Int64(last * 7 % 50)))
                waiting.append(last)
            case .closed: Issue.record("it is open")
            }
        }

        mutating func release(using generator: inout SeededGenerator) {
            guard let item = held.randomElement(using: &generator) else { return }
            let next = pool.release(item)
            #expect(next == waiting.first)
            if next == nil { held.remove(item) } else { waiting.removeFirst() }
        }

        mutating func cancel(using generator: inout SeededGenerator) {
            let number = UInt64.random(in: 1...(last + 1), using: &generator)
            let waiter = pool.cancel(number)
            #expect((waiter != nil) == waiting.contains(number))
            waiting.removeAll { $0 == number }
        }

        mutating func expire(using generator: inout SeededGenerator) {
            guard Int.random(in: 0..<5, using: &generator) == 0 else { return }
            let over = Set(waiting.filter { $0 * 7 % 50 <= 25 })
            #expect(Set(pool.expire(Moment(nanoseconds: 25))) == over)
            waiting.removeAll { over.contains($0) }
        }

        mutating func close() {
            #expect(pool.close() == waiting)
            #expect(held.allSatisfy { pool.release($0) == nil })
            guard case .closed = pool.acquire() else {
                Issue.record("a closed pool grants nothing")
                return
            }
        }
    }
}
