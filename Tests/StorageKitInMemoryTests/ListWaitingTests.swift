import StorageKit
import StorageKitTesting
import Testing

@testable import StorageKitInMemory

@Suite("Waiting for lists in memory", .timeLimit(.minutes(5)))
struct ListWaitingTests {
    @Test("serves whoever waits longest first, and the push returns the length in between")
    func order() async throws {
        let world = World()
        let first = await world.popping("w")
        let second = await world.popping("w")
        #expect(try await world.store.listPush("w", ["a", "b", "c"]) == 3)
        #expect(try await first.value == element("w", "a"))
        #expect(try await second.value == element("w", "b"))
        #expect(try await world.store.listRange("w", 0..<9) == ["c"])
        #expect(world.store.queuedWaits == 0)
    }

    @Test("takes from the first list that has something before it waits")
    func preference() async throws {
        let world = World()
        try await world.store.listPush("b", ["1"])
        try await world.store.listPush("c", ["2"])
        let popped = try await world.store.listPop(
            fromFirstOf: ["a", "b", "c"], .first, waitingUpTo: .seconds(1))
        #expect(popped == element("b", "1"))
        #expect(world.clock.sleepers == 0, "nothing sleeps when nothing waits")
    }

    @Test("is served once by the first of several lists, and by a batch in the order of its pushes")
    func severalLists() async throws {
        let world = World()
        let waiter = await world.popping("a", "b", "a")
        try await world.store.atomically {
            ($0.listPush("b", ["1"]), $0.listPush("a", ["2"]))
        }
        #expect(try await waiter.value == element("b", "1"))
        #expect(try await world.store.listCount("a") == 1)
        #expect(try await world.store.exists("b") == false)
        #expect(world.store.queuedWaits == 0)
    }

    @Test("takes from the front and adds to the back unless it is told otherwise")
    func ends() async throws {
        let world = World()
        try await world.store.listPush("a", ["1", "2", "3"])
        try await world.store.listPush("b", ["0"])
        let moved = try await world.store.listMove(from: "a", to: "b", waitingUpTo: .seconds(1))
        let popped = try await world.store.listPop(fromFirstOf: ["a"], waitingUpTo: .seconds(1))
        #expect(moved == "1" && popped == element("a", "2"))
        #expect(try await world.store.listRange("b", 0..<9) == ["0", "1"])
    }

    @Test("ends with nil when the time is over, rounded up to milliseconds")
    func timeout() async throws {
        let world = World()
        let waiter = await world.waiting {
            try await $0.listPop(fromFirstOf: ["w"], .first, waitingUpTo: .microseconds(500))
        }
        world.clock.advance(by: .microseconds(999))
        #expect(world.clock.sleepers == 1)
        world.clock.advance(by: .microseconds(1))
        #expect(try await waiter.value == nil)
        #expect(world.store.queuedWaits == 0)
    }

    @Test("ends when its task is cancelled, and the value goes to the next")
    func cancellation() async throws {
        let world = World()
        let first = await world.popping("w")
        let second = await world.popping("w")
        first.cancel()
        let code = await thrown { try await first.value }
        #expect(code == .cancelled)
        try await world.store.listPush("w", ["a"])
        #expect(try await second.value == element("w", "a"))
        #expect(world.store.queuedWaits == 0)
        let before = Task { [store = world.store] in
            withUnsafeCurrentTask { $0?.cancel() }
            return try await store.listPop(fromFirstOf: ["w"], .first, waitingUpTo: .seconds(1))
        }
        let refused = await thrown { try await before.value }
        #expect(refused == .cancelled)
    }

    @Test("of a batch are served after it: what it takes back or replaces is not given away")
    func afterBatch() async throws {
        let world = World()
        let waiter = await world.popping("w")
        let (_, popped, _) = try await world.store.atomically {
            ($0.listPush("w", ["a"]), $0.listPop("w"), $0.set("w", to: "no list"))
        }
        #expect(popped == "a")
        #expect(world.store.queuedWaits == 1)
        try await world.store.delete("w")
        try await world.store.listPush("w", ["b"])
        #expect(try await waiter.value == element("w", "b"))
    }

    @Test("moves values on through a chain of those who wait, in one step", arguments: 1...3)
    func chain(stripes: Int) async throws {
        let world = World(stripes: 1 << (2 * stripes))
        let last = await world.popping("c")
        let second = await world.waiting {
            try await $0.listMove(from: "b", .first, to: "c", .last, waitingUpTo: .seconds(9))
        }
        let first = await world.waiting {
            try await $0.listMove(from: "a", .first, to: "b", .last, waitingUpTo: .seconds(9))
        }
        try await world.store.listPush("a", ["x"])
        #expect(world.store.count == 0, "the push has done all of it")
        #expect(try await first.value == "x")
        #expect(try await second.value == "x")
        #expect(try await last.value == element("c", "x"))
    }

    @Test("leaves the value to the next when a move has no list to go to")
    func wrongTarget() async throws {
        let world = World()
        try await world.store.set("value", to: "")
        let mover = await world.waiting {
            try await $0.listMove(from: "w", .first, to: "value", .last, waitingUpTo: .seconds(9))
        }
        let next = await world.popping("w")
        try await world.store.listPush("w", ["a"])
        let code = await thrown { try await mover.value }
        #expect(code == .wrongType)
        #expect(try await next.value == element("w", "a"))
    }

    @Test("refuses a key of another kind, no keys and no time")
    func refusals() async throws {
        let world = World()
        try await world.store.set("value", to: "")
        let wrong = await thrown {
            try await world.store.listPop(
                fromFirstOf: ["absent", "value"], .last, waitingUpTo: .seconds(1))
        }
        let noKeys = await thrown {
            try await world.store.listPop(fromFirstOf: [], .last, waitingUpTo: .seconds(1))
        }
        let noTime = await thrown {
            try await world.store.listPop(fromFirstOf: ["w"], .last, waitingUpTo: .zero)
        }
        #expect(wrong == .wrongType && noKeys == .invalidArgument && noTime == .invalidArgument)
        #expect(world.store.queuedWaits == 0)
    }
}
