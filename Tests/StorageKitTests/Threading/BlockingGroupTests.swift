import Synchronization
import Testing

@testable import StorageKit

@Suite("Groups of blocking calls")
struct BlockingGroupTests {
    static let limits = BlockingGroupLimits(maximumCount: 3, maximumDuration: .milliseconds(10))

    @Test("admit exactly those that may share, up to a number, and for a time")
    func admission() {
        for count in 0...4 {
            for mayShare in [true, false, nil] {
                for elapsed in [0, 9, 10, 11] {
                    var group = BlockingGroup(limits: Self.limits)
                    for _ in 0..<count { _ = group.admit(mayShare: true, after: .zero) }
                    let before = group.count
                    let isIn = group.admit(mayShare: mayShare, after: .milliseconds(elapsed))
                    #expect(isIn == (mayShare == true && count < 3 && elapsed < 10))
                    #expect(group.count == before + (isIn ? 1 : 0))
                    #expect(group.count <= 3)
                }
            }
        }
    }

    @Test("a queue gives its first job only to who wants it, and keeps the order")
    func taking() {
        var queue = BlockingQueueState<Int>(maximumThreads: 1)
        for job in 1...3 { _ = queue.submit(job) }
        let unwanted = queue.takeFirst { $0 > 1 }
        #expect(unwanted == nil && queue.first == 1 && queue.waiting == 3)
        let wanted = queue.takeFirst { $0 == 1 }
        #expect(wanted == 1 && queue.first == 2 && queue.waiting == 2)
        #expect(queue.next(wasIdle: false) == .run(2))
        #expect(queue.next(wasIdle: false) == .run(3))
        let none = queue.takeFirst { _ in true }
        #expect(none == nil && queue.first == nil)
    }

    /// What a call of a script is.
    enum Member: CaseIterable { case shares, alone, breaks }

    @Test("every order of six calls is run once each, in order, in the groups that the rules give")
    func everyScript() async throws {
        for number in 0..<729 {
            var rest = number
            let script = (0..<6).map { _ -> Member in
                defer { rest /= 3 }
                return Member.allCases[rest % 3]
            }
            let journal = try await Self.run(script)
            #expect(journal == Self.expected(script), "\(script)")
        }
    }

    @Test("nobody is resumed before the group is finished, and a failed one fails all of them")
    func failure() async throws {
        let ledger = Ledger()
        ledger.failsToFinish.store(true, ordering: .relaxed)
        let (workers, gate) = try await Self.held(ledger)
        var tasks: [Task<Void, any Error>] = []
        for number in 0..<3 {
            let accepted = workers.acceptedCalls
            tasks.append(Task { try await workers.runShared { $0.note("\(number)") } })
            // Tasks begin in any order.
            while workers.acceptedCalls == accepted { await Task.yield() }
        }
        gate.letGo()
        for task in tasks {
            await #expect { try await task.value } throws: {
                ($0 as? StorageError)?.code == .unavailable
            }
        }
        await workers.close()
        #expect(ledger.journal == ["begin", "0", "1", "2", "finish"])
    }

    @Test(
        "a member that is cancelled is not run again when the group is undone; its neighbours are")
    func cancelledMember() async throws {
        let ledger = Ledger()
        let (workers, gate) = try await Self.held(ledger)
        let inSecond = HeldCall()
        let runs = Counter()
        let first = Task { try await workers.runShared { $0.note("first") } }
        while workers.acceptedCalls < 2 { await Task.yield() }
        let second = Task {
            try await workers.runShared { ledger in
                runs.increment()
                inSecond.announce()
                ledger.interrupter.wait()
                ledger.breakGroup()
            }
        }
        while workers.acceptedCalls < 3 { await Task.yield() }
        gate.letGo()
        await inSecond.hasBegun()
        second.cancel()
        await #expect { try await second.value } throws: {
            ($0 as? StorageError)?.code == .cancelled
        }
        try await first.value
        await workers.close()
        #expect(runs.value == 1)
        #expect(ledger.journal == ["begin", "first", "undo", "first"])
    }

    @Test("a cancellation after its call was run does not interrupt the group's other calls")
    func lateCancellation() async throws {
        let ledger = Ledger()
        let (workers, gate) = try await Self.held(ledger)
        let inSecond = HeldCall()
        let first = Task { try await workers.runShared { _ in 1 } }
        while workers.acceptedCalls < 2 { await Task.yield() }
        let second = Task {
            try await workers.runShared { ledger in
                inSecond.hold()
                return ledger.interrupter.isSet
            }
        }
        while workers.acceptedCalls < 3 { await Task.yield() }
        gate.letGo()
        await inSecond.hasBegun()
        first.cancel()
        inSecond.letGo()
        #expect(try await second.value == false)
        #expect(try await first.value == 1)
        await workers.close()
    }

    /// Workers whose thread is held, so that calls gather behind it.
    private static func held(
        _ ledger: Ledger
    ) async throws -> (BlockingWorkers<LedgerResource>, HeldCall) {
        let workers = BlockingWorkers(maximumThreads: 1, groups: limits) {
            () throws(StorageError) in
            LedgerResource(ledger)
        }
        let gate = HeldCall()
        Task { try await workers.run { _ in gate.hold() } }
        await gate.hasBegun()
        return (workers, gate)
    }

    private static func run(_ script: [Member]) async throws -> [String] {
        let ledger = Ledger()
        let (workers, gate) = try await held(ledger)
        var tasks: [Task<Void, any Error>] = []
        for (number, member) in script.enumerated() {
            tasks.append(
                Task {
                    switch member {
                    case .alone:
                        try await workers.run { $0.note("\(number)") }
                    case .shares:
                        try await workers.runShared { $0.note("\(number)") }
                    case .breaks:
                        try await workers.runShared {
                            $0.note("\(number)")
                            $0.breakGroup()
                        }
                    }
                })
            while workers.acceptedCalls < number + 2 { await Task.yield() }
        }
        gate.letGo()
        for task in tasks { try await task.value }
        await workers.close()
        return ledger.journal
    }

    /// The rules, said once more in another way.
    private static func expected(_ script: [Member]) -> [String] {
        var journal: [String] = []
        var next = 0
        while next < script.count {
            let follower = next + 1 < script.count ? script[next + 1] : .alone
            guard script[next] != .alone, follower != .alone else {
                journal.append("\(next)")
                next += 1
                continue
            }
            var members: [Int] = []
            var isBroken = false
            while next < script.count, script[next] != .alone, members.count < 3, !isBroken {
                members.append(next)
                isBroken = script[next] == .breaks
                next += 1
            }
            let numbers = members.map { "\($0)" }
            journal += ["begin"] + numbers + (isBroken ? ["undo"] + numbers : ["finish"])
        }
        return journal
    }
}

/// What happened on a worker, in order.
final class Ledger: Sendable {
    let failsToFinish = Atomic(false)
    private let lines = Mutex<[String]>([])

    var journal: [String] { lines.withLock(\.self) }

    func append(_ line: String) { lines.withLock { $0.append(line) } }
}

/// A resource whose calls share their end.
final class LedgerResource: BlockingGroupResource {
    let interrupter = Resource.Interrupter()
    private(set) var isGroupIntact = true
    private var isInGroup = false
    private let ledger: Ledger

    init(_ ledger: Ledger) { self.ledger = ledger }

    func note(_ line: String) { ledger.append(line) }

    /// Outside of a group there is nothing to break.
    func breakGroup() { isGroupIntact = !isInGroup }

    func beginGroup() {
        ledger.append("begin")
        isInGroup = true
        isGroupIntact = true
    }

    func finishGroup() throws(StorageError) -> Bool {
        isInGroup = false
        ledger.append(isGroupIntact ? "finish" : "undo")
        if ledger.failsToFinish.load(ordering: .relaxed) {
            throw StorageError(code: .unavailable, message: "not finished")
        }
        return isGroupIntact
    }
}
