import StorageKit
import StorageKitTesting
import Synchronization
import Testing

@testable import StorageKitInMemory

@Suite("The store in memory under concurrent use", .timeLimit(.minutes(5)))
struct ConcurrencyTests {
    @Test("never shows half of an atomic batch, whichever stripes it spans", arguments: [1, 64])
    func atomicBatches(stripes: Int) async throws {
        let store = World(stripes: stripes).store
        let accounts = (0..<8).map { ByteString("account:\($0)") }
        for account in accounts { try await store.increment(account, by: 100) }
        try await withThrowingTaskGroup { group in
            for task in 0..<4 {
                group.addTask {
                    var generator = SeededGenerator(seed: testSeed &+ UInt64(task))
                    for _ in 0..<1000 {
                        let pair = accounts.shuffled(using: &generator).prefix(2)
                        try await store.atomically {
                            ($0.increment(pair[0], by: -1), $0.increment(pair[1], by: 1))
                        }
                        let snapshot = try await store.get(accounts)
                        let sum = snapshot.reduce(0) { $0 + (Int($1?.string ?? "") ?? 0) }
                        #expect(sum == 800)
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test("loses and repeats no value of a queue, whatever is cancelled or timed out")
    func queues() async throws {
        let world = QueueWorld()
        try await withThrowingTaskGroup { group in
            for number in 0..<6 { group.addTask { try await world.consume(number) } }
            for number in 0..<2 { group.addTask { try await world.move(number) } }
            for number in 0..<3 { group.addTask { try await world.produce(number) } }
            try await group.waitForAll()
        }
        let left = try await world.drain()
        let taken = world.taken.withLock { $0 }
        #expect((taken + left).sorted() == world.produced.withLock { $0 }.sorted())
        #expect(taken.count > 0)
        #expect(world.store.queuedWaits == 0)
    }
}

/// Producers and consumers at three lists.
private final class QueueWorld: Sendable {
    let store = InMemoryKeyValueStore()
    let produced = Mutex<[ByteString]>([])
    let taken = Mutex<[ByteString]>([])
    private let lists: [ByteString] = ["a", "b", "c"]

    func produce(_ number: Int) async throws {
        var generator = SeededGenerator(seed: testSeed &+ UInt64(number))
        for step in 0..<600 {
            let values = (0...Int.random(in: 0..<3, using: &generator)).map {
                ByteString("\(number).\(step).\($0)")
            }
            produced.withLock { $0 += values }
            let list = lists.randomElement(using: &generator) ?? "a"
            if Bool.random(using: &generator) {
                try await store.listPush(list, values)
            } else {
                try await store.atomically { ($0.listPush(list, values), $0.increment("batches")) }
            }
            if step % 8 == 0 { await Task.yield() }
        }
    }

    /// Waits, and is cancelled at some moment or runs out of time.
    func consume(_ number: Int) async throws {
        var generator = SeededGenerator(seed: testSeed &+ 100 &+ UInt64(number))
        for _ in 0..<300 {
            let keys = Array(lists.shuffled(using: &generator).prefix(2))
            let task = Task { [store] in
                try await store.listPop(fromFirstOf: keys, .first, waitingUpTo: .milliseconds(2))
            }
            let isCancelled = Int.random(in: 0..<3, using: &generator) == 0
            if isCancelled {
                await Task.yield()
                task.cancel()
            }
            guard case .success(let element?) = await task.result else { continue }
            taken.withLock { $0.append(element.value) }
        }
    }

    func move(_ number: Int) async throws {
        for _ in 0..<300 {
            let (source, target) = number == 0 ? ("a", "b") : ("b", "c") as (ByteString, ByteString)
            _ = try await store.listMove(
                from: source, .last, to: target, .first, waitingUpTo: .milliseconds(2))
        }
    }

    func drain() async throws -> [ByteString] {
        var left: [ByteString] = []
        for list in lists { left += try await store.listPop(list, limit: .max) }
        return left
    }
}
