import StorageKit
import Testing

@testable import GraphInMemory

@Suite("The line of commits, in every order in which things can happen")
struct CommitLineTests {
    @Test(
        "nothing acknowledged is lost, nothing failed is seen, and nobody waits for ever",
        arguments: [
            [.commits, .commits, .commits], [.commits, .reads, .commits],
            [.commits, .commits, .reads], [.commits, .merges, .commits],
            [.commits, .abandons, .reads], [.reads, .merges, .commits],
        ] as [[CommitWorld.Writer]])
    func exploration(writers: [CommitWorld.Writer]) {
        var explored = 0
        explore(CommitWorld(writers), &explored)
        #expect(explored > 100)
    }

    private func explore(_ world: CommitWorld, _ explored: inout Int) {
        let next = world.next()
        if next.isEmpty {
            explored += 1
            let faults = world.faultsAtEnd()
            #expect(faults.isEmpty, "\(faults) after \(world.history)")
        }
        for world in next {
            guard world.faults.isEmpty else {
                #expect(world.faults == [], "after \(world.history)")
                continue
            }
            explore(world, &explored)
        }
    }
}

/// Some writers, a journal and the line between them; a value, so that every way can be gone.
struct CommitWorld {
    enum Writer { case commits, reads, abandons, merges }

    /// A graph: the writers whose commits it is made of, and how often it was merged.
    struct State: Hashable, Sendable {
        var commits: [Int] = []
        var merges = 0
    }

    private typealias Line = CommitLine<State, Int>

    private enum Phase {
        case outside
        case waiting
        case holding
        case working(Line.Base)
        case ending
        case done(succeeded: Bool)
    }

    private let writers: [Writer]
    private var phases: [Phase]
    private var line = Line(State())
    /// The commits in the journal's line, and those that are on its disk.
    private var journal: [Int] = []
    private var written: [Int] = []
    private var journalHasFailed = false
    private(set) var history: [String] = []
    private(set) var faults: [String] = []

    init(_ writers: [Writer]) {
        self.writers = writers
        phases = writers.map { _ in .outside }
    }

    /// The worlds that can come next.
    func next() -> [CommitWorld] {
        var worlds = phases.indices.flatMap { writer in
            steps(of: writer).map { step in going("\(writer) \(step.0)", step.1) }
        }
        guard let commit = journal.first else { return worlds }
        worlds.append(going("\(commit) fails") { $0.complete(.failure(.journal)) })
        if !journalHasFailed {
            worlds.append(going("\(commit) is written") { $0.complete(.success(())) })
        }
        return worlds
    }

    private func going(_ what: String, _ step: (inout CommitWorld) -> Void) -> CommitWorld {
        var world = self
        world.history.append(what)
        step(&world)
        world.check(after: self)
        return world
    }

    private func steps(of writer: Int) -> [(String, (inout CommitWorld) -> Void)] {
        switch phases[writer] {
        case .outside: [("comes", { $0.enter(writer) })]
        case .waiting: [("is cancelled", { $0.cancel(writer) })]
        case .holding: [("begins", { $0.begin(writer) })]
        case .working(let base): [("ends", { $0.end(writer, base) })]
        case .ending, .done: []
        }
    }

    private mutating func enter(_ writer: Int) {
        switch line.enter(id: UInt64(writer), writer) {
        case .granted: phases[writer] = .holding
        case .waits: phases[writer] = .waiting
        case .refused: faults.append("\(writer) was refused")
        }
    }

    private mutating func cancel(_ writer: Int) {
        guard line.cancel(id: UInt64(writer)) != nil else {
            return faults.append("\(writer) was not in the queue")
        }
        phases[writer] = .done(succeeded: false)
    }

    private mutating func begin(_ writer: Int) {
        switch line.start() {
        case .begins(let base): phases[writer] = .working(base)
        case .resumesJournal:
            if !journal.isEmpty { faults.append("resumed before all that failed had come back") }
            journalHasFailed = false
            carryOut(line.resumed(.success(())))
        case .goesBack:
            phases[writer] = .waiting
            carryOut(line.goBack(id: UInt64(writer), writer))
        }
    }

    private mutating func end(_ writer: Int, _ base: Line.Base) {
        phases[writer] = .ending
        var state = base.state
        switch writers[writer] {
        case .commits:
            state.commits.append(writer)
            if line.commit(state, on: base, writer) {
                journal.append(writer)
            } else {
                phases[writer] = .done(succeeded: false)
            }
        case .reads:
            if let isDurable = line.settle(base, writer) {
                phases[writer] = .done(succeeded: isDurable)
            }
        case .merges:
            state.merges += 1
            carryOut(line.replaceNewest(state, on: base))
            phases[writer] = .done(succeeded: true)
        case .abandons: phases[writer] = .done(succeeded: true)
        }
        carryOut(line.leave())
        if case .reads = writers[writer], case .done(true) = phases[writer],
            !line.published.commits.starts(with: base.state.commits)
        {
            faults.append("\(writer) has read what is not durable")
        }
    }

    private mutating func complete(_ result: Result<Void, StorageError>) {
        let commit = journal.removeFirst()
        if case .success = result { written.append(commit) } else { journalHasFailed = true }
        carryOut(line.completed(result))
    }

    private mutating func carryOut(_ consequences: Line.Consequences) {
        for resumption in consequences.resumptions {
            let writer = resumption.waiter
            let succeeded = (try? resumption.result.get()) != nil
            switch phases[writer] {
            case .waiting: phases[writer] = succeeded ? .holding : .done(succeeded: false)
            case .ending: phases[writer] = .done(succeeded: succeeded)
            default: faults.append("\(writer) was resumed and did not wait")
            }
        }
    }

    private mutating func check(after before: CommitWorld) {
        let published = line.published.commits
        if published != written { faults.append("published is not what is written") }
        if !published.starts(with: before.line.published.commits) {
            faults.append("something published has gone")
        }
        let holders = phases.count { phase in
            switch phase {
            case .holding, .working: true
            default: false
            }
        }
        if holders > 1 { faults.append("two hold the place") }
        for (writer, phase) in phases.enumerated() where writers[writer] == .commits {
            guard case .done(let succeeded) = phase else { continue }
            if succeeded != published.contains(writer) {
                faults.append("\(writer) was told \(succeeded)")
            }
        }
    }

    /// What is wrong when nothing can happen any more.
    func faultsAtEnd() -> [String] {
        var line = line
        var faults = line.drain(-1) ? [] : ["the line is not idle at the end"]
        for (writer, phase) in phases.enumerated() {
            guard case .done = phase else {
                faults.append("\(writer) waits for ever")
                continue
            }
        }
        return faults
    }
}
