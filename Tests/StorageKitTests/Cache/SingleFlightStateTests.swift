import StorageKitTesting
import Testing

@testable import StorageKit

@Suite("The single flight state machine")
struct SingleFlightStateTests {
    typealias State = SingleFlightState<String, Int, Int, String>

    @Test("seats the first as leader and the others with them")
    func join() {
        var state = State()
        let first = state.join("a", load: "load 1")
        let second = state.join("a", load: "load 2")
        #expect(first.isLeader && !second.isLeader)
        #expect(first.flight == second.flight)
        #expect(state.join("b", load: "load 3").isLeader)
    }

    @Test("gives the outcome to those who sleep and keeps it for those who do not yet")
    func finish() {
        var state = State()
        let sleeping = state.join("a", load: "")
        let awake = state.join("a", load: "")
        #expect(state.wait(sleeping, as: 1).isSleep)
        #expect(state.finish(sleeping.flight, with: 42) == [1])
        #expect(state.wait(awake, as: 2).outcome == 42)
        #expect(state.isIdle)
    }

    @Test("resumes who leaves, and abandons the load with the last of them")
    func leave() {
        var state = State()
        let first = state.join("a", load: "load")
        let second = state.join("a", load: "other")
        _ = state.wait(first, as: 1)
        let one = state.leave(first)
        #expect(one.cancel == 1 && one.abandon == nil)
        let two = state.leave(second)
        #expect(two.cancel == nil && two.abandon == "load", "not asleep, so nobody to resume")
        #expect(state.wait(second, as: 2).isCancel)
        #expect(state.join("a", load: "new").isLeader, "an abandoned flight is not joined")
    }

    @Test("lets nobody board a detached flight, and brings those in it home")
    func detach() {
        var state = State()
        let old = state.join("a", load: "old")
        _ = state.wait(old, as: 1)
        state.detach("a")
        let new = state.join("a", load: "new")
        #expect(new.isLeader && new.flight != old.flight)
        #expect(state.finish(old.flight, with: 0) == [1])
        #expect(state.joinableFlight("a") == new.flight, "the old one does not close the new one")
    }

    @Test("shrugs at what comes too late: leaving and finishing twice")
    func late() {
        var state = State()
        let seat = state.join("a", load: "load")
        _ = state.wait(seat, as: 1)
        #expect(state.finish(seat.flight, with: 1) == [1])
        #expect(state.finish(seat.flight, with: 2).isEmpty)
        let actions = state.leave(seat)
        #expect(actions.cancel == nil && actions.abandon == nil)
        #expect(state.isIdle)
    }

    @Test(
        "resumes each waiter exactly once and forgets everything, over random events",
        arguments: 0..<20)
    func random(seed: UInt64) {
        var world = FlightWorld(seed: seed)
        for _ in 0..<2000 {
            world.step()
            #expect(world.state.invariantsHold)
        }
        world.drain()
        #expect(world.state.isIdle)
        #expect(world.resumed.values.allSatisfy { $0 == 1 })
        #expect(world.resumed.count == world.sleepers)
    }
}

extension SingleFlightState.WaitAction {
    fileprivate var isSleep: Bool { if case .sleep = self { true } else { false } }
    fileprivate var isCancel: Bool { if case .cancel = self { true } else { false } }
    fileprivate var outcome: Outcome? {
        if case .resume(let outcome) = self { outcome } else { nil }
    }
}

/// Random events, with a book of who was resumed how often.
private struct FlightWorld {
    typealias State = SingleFlightState<Int, Int, Int, Int>

    var state = State()
    var resumed: [Int: Int] = [:]
    var sleepers = 0
    private var seats: [State.Seat] = []
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func step() {
        let key = Int.random(in: 0..<3, using: &generator)
        switch Int.random(in: 0..<20, using: &generator) {
        case 0..<7: seats.append(state.join(key, load: 0))
        case 7..<12: sleep()
        case 12..<16: leave()
        case 16..<18: finish()
        case 18: state.detach(key)
        default: state.detachAll()
        }
    }

    mutating func drain() {
        for seat in seats { resume(state.leave(seat).cancel) }
    }

    private mutating func sleep() {
        guard let seat = seats.randomElement(using: &generator), !asleep.contains(seat) else {
            return
        }
        asleep.insert(seat)
        sleepers += 1
        switch state.wait(seat, as: sleepers) {
        case .sleep: break
        case .resume, .cancel: resume(sleepers)
        }
    }

    private var asleep: Set<State.Seat> = []

    private mutating func leave() {
        guard let seat = seats.randomElement(using: &generator) else { return }
        resume(state.leave(seat).cancel)
    }

    private mutating func finish() {
        guard let seat = seats.randomElement(using: &generator) else { return }
        for waiter in state.finish(seat.flight, with: 0) { resume(waiter) }
    }

    private mutating func resume(_ waiter: Int?) {
        if let waiter { resumed[waiter, default: 0] += 1 }
    }
}
