import ExampleSupport
import StorageKit
import StorageKitTesting

/// The race that a cache in front of a database can lose, run by both sides in the same order.
///
/// A reader has read the old value and is held up; a writer commits a new one and empties the
/// cache; the reader goes on and stores what he has. Gates hold the actors, not sleeps, so it
/// happens each time.
struct RaceScene: Sendable {
    /// What comes after the race.
    enum Afterwards: Sendable {
        /// Time passes, because the caches have this clock.
        case passing(ManualClock)
        /// Somebody asks the server how long it keeps what the naive side has stored.
        case asking(@Sendable (Int) async throws(StorageError) -> TimeToLive)
    }

    /// The task that everybody is after, not done yet.
    let todo: Todo
    let naive: RaceSide
    let ours: RaceSide
    let afterwards: Afterwards
    /// Makes the task open again, past every cache.
    let reset: @Sendable () async throws(StorageError) -> Void

    /// Runs both sides, one after the other, and checks what each is there to show.
    func play(_ terminal: Terminal) async throws {
        try await run(naive, isOurs: false)
        try await run(ours, isOurs: true)
        try Unexpected.unless(
            ours.refusedFills() == 1, "the fill with the old value was not refused")
        RaceReport(acts: acts, left: naive, right: ours).print(to: terminal)
    }

    private var acts: [String] {
        let common = [
            "Ana asks for the task, and is held up on her way back from the database",
            "Ben completes it, and his write returns",
            "Ana goes on",
            "Cleo, who has heard of it from Ben, asks",
        ]
        switch afterwards {
        case .passing: return common + ["Dan asks 59 seconds later", "Eve asks a second later"]
        case .asking: return common + ["Dan asks the server how long this will last"]
        }
    }

    private func run(_ side: RaceSide, isOurs: Bool) async throws {
        try await reset()
        let ana = try await startHeldUp(side)
        side.timeline.beginAct()
        try await side.replace(completed)
        side.timeline.beginAct()
        ana.gate.open()
        // Old or new, both are right for her: she had asked before Ben was told that it is done.
        side.timeline.note("Ana has: \(try await ana.task.value.get().word)", isRight: true)
        try await ask(side, "Cleo", expecting: isOurs ? completed : todo)
        try await afterwards(side, isOurs: isOurs)
    }

    private typealias HeldUp = (gate: Gate, task: Task<Result<Todo?, StorageError>, Never>)

    /// Lets Ana ask, and returns when the database has answered and she has not seen it yet.
    private func startHeldUp(_ side: RaceSide) async throws -> HeldUp {
        let gate = Gate()
        side.timeline.beginAct()
        side.holdRead(gate)
        let ana = Task { () async -> Result<Todo?, StorageError> in
            let outcome = await result { () throws(StorageError) in try await side.get(todo.id) }
            // If an error kept her from the gate, nobody may wait for her there.
            gate.open()
            await gate.pass()
            return outcome
        }
        await gate.reached()
        return (gate, ana)
    }

    private func afterwards(_ side: RaceSide, isOurs: Bool) async throws {
        switch afterwards {
        case .passing(let clock):
            clock.advance(by: .seconds(59))
            try await ask(side, "Dan", expecting: isOurs ? completed : todo)
            clock.advance(by: .seconds(1))
            try await ask(side, "Eve", expecting: completed)
        case .asking(let timeLeft):
            side.timeline.beginAct()
            guard !isOurs else { return try await note(side, "Dan", expecting: completed) }
            guard case .remaining(let time) = try await timeLeft(todo.id) else {
                throw Unexpected(what: "the naive side has stored nothing that expires")
            }
            let seconds = Int((time / .seconds(1)).rounded())
            side.timeline.note("for another \(seconds) seconds")
        }
    }

    private func ask(_ side: RaceSide, _ name: String, expecting todo: Todo) async throws {
        side.timeline.beginAct()
        try await note(side, name, expecting: todo)
    }

    private func note(_ side: RaceSide, _ name: String, expecting expected: Todo) async throws {
        let found = try await side.get(todo.id)
        side.timeline.note("\(name) has: \(found.word)", isRight: found == completed)
        try Unexpected.unless(
            found == expected,
            "\(side.name) gave \(name) \(found.word), not \(Todo?.some(expected).word)")
    }

    private var completed: Todo { Todo(id: todo.id, title: todo.title, done: true) }

    private func result(
        _ body: () async throws(StorageError) -> Todo?
    ) async -> Result<Todo?, StorageError> {
        do { return .success(try await body()) } catch { return .failure(error) }
    }
}
