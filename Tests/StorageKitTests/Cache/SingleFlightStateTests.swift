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

    private func launch(_ key: String, in state: inout State) throws -> State.Seat {
        let seat = state.launch(key, load: "load")
        return try #require(seat)
    }

    @Test("launches a flight with nobody in it, unless one can be joined")
    func launch() throws {
        var state = State()
        let launched = try launch("a", in: &state)
        #expect(launched.isLeader)
        #expect(state.launch("a", load: "other") == nil)
        let joined = state.join("a", load: "other")
        #expect(!joined.isLeader && joined.flight == launched.flight)
        let other = state.join("b", load: "load")
        #expect(state.launch("b", load: "other") == nil, "somebody leads it already")
        state.detach("b")
        let later = try launch("b", in: &state)
        #expect(later.flight != other.flight, "nobody may join the first one any more")
        #expect(state.invariantsHold)
    }

    @Test("ends a launched flight for those who joined it, and keeps nothing for its launcher")
    func launchedFlightEnds() throws {
        var state = State()
        let launched = try launch("a", in: &state)
        let joined = state.join("a", load: "other")
        _ = state.wait(joined, as: 1)
        #expect(state.finish(launched.flight, with: 42) == [1])
        #expect(state.isIdle)
        let alone = try launch("a", in: &state)
        #expect(state.finish(alone.flight, with: 42).isEmpty)
        #expect(state.isIdle)
    }

    @Test("abandons no launched flight, whoever joins and leaves it")
    func launchedFlightIsKept() throws {
        var state = State()
        let launched = try launch("a", in: &state)
        let joined = state.join("a", load: "other")
        #expect(state.leave(joined).abandon == nil)
        let actions = state.leave(launched)
        #expect(actions.cancel == nil && actions.abandon == nil, "its launcher has no place in it")
        #expect(state.joinableFlight("a") == launched.flight)
        #expect(state.wait(launched, as: 1).isCancel)
    }

    @Test("dismisses who sleeps with an outcome of his own, and the flight goes on")
    func dismiss() {
        var state = State()
        let first = state.join("a", load: "load")
        let second = state.join("a", load: "other")
        _ = state.wait(first, as: 1)
        _ = state.wait(second, as: 2)
        let dismissed = state.dismiss(first, with: 7)
        #expect(dismissed.isSeated && dismissed.waiter == 1)
        #expect(state.joinableFlight("a") == first.flight)
        #expect(state.leave(first).cancel == nil, "he has been resumed")
        #expect(state.finish(first.flight, with: 42) == [2], "and is not resumed again")
        #expect(state.isIdle)
    }

    @Test("keeps the outcome of who is dismissed before he sleeps, and not that of the flight")
    func dismissAwake() {
        var state = State()
        let seat = state.join("a", load: "load")
        let dismissed = state.dismiss(seat, with: 7)
        #expect(dismissed.isSeated && dismissed.waiter == nil)
        #expect(!state.dismiss(seat, with: 8).isSeated, "a second time he is not there")
        #expect(state.finish(seat.flight, with: 42).isEmpty)
        #expect(state.wait(seat, as: 1).outcome == 7)
        #expect(state.isIdle)
        let early = state.join("a", load: "load")
        _ = state.dismiss(early, with: 7)
        #expect(state.collect(early) == 7)
        #expect(state.collect(early) == nil)
    }

    @Test("abandons no flight that somebody was dismissed from, though all others leave it")
    func dismissedFlightIsKept() {
        var state = State()
        let first = state.join("a", load: "load")
        let second = state.join("a", load: "other")
        _ = state.wait(first, as: 1)
        _ = state.dismiss(first, with: 7)
        #expect(state.leave(second).abandon == nil)
        #expect(state.joinableFlight("a") == first.flight, "whoever comes next waits for it")
        #expect(state.invariantsHold)
    }

    @Test("dismisses nobody from a flight that has ended, or whom he has left")
    func dismissLate() {
        var state = State()
        let first = state.join("a", load: "load")
        let second = state.join("a", load: "other")
        _ = state.leave(second)
        #expect(!state.dismiss(second, with: 7).isSeated)
        _ = state.finish(first.flight, with: 42)
        #expect(!state.dismiss(first, with: 7).isSeated)
        #expect(state.wait(first, as: 1).outcome == 42)
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
        switch Int.random(in: 0..<25, using: &generator) {
        case 20..<22: if let seat = state.launch(key, load: 0) { seats.append(seat) }
        case 22..<25: dismiss()
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
        // Those that are kept go on without anybody in them.
        for seat in seats { finish(seat) }
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
        finish(seat)
    }

    private mutating func finish(_ seat: State.Seat) {
        for waiter in state.finish(seat.flight, with: 0) { resume(waiter) }
    }

    private mutating func dismiss() {
        guard let seat = seats.randomElement(using: &generator) else { return }
        resume(state.dismiss(seat, with: 1).waiter)
    }

    private mutating func resume(_ waiter: Int?) {
        if let waiter { resumed[waiter, default: 0] += 1 }
    }
}
