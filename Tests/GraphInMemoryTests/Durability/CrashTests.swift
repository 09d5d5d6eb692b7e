import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@testable import GraphInMemory

/// A store on a simulated disk, and what its states look like.
struct SimulatedStore {
    let disk: SimulatedDisk
    let commits: RandomCommits
    /// The number of commits by the digest of the state that they lead to.
    let numbers: [[UInt8]: ClosedRange<Int>]

    init(commits count: Int, seed: UInt64) throws {
        disk = SimulatedDisk(seed: seed)
        commits = try RandomCommits(count: count, seed: seed)
        var numbers: [[UInt8]: ClosedRange<Int>] = [:]
        for (number, state) in commits.states.enumerated() {
            // A commit that changes nothing leads to the state before it.
            let digest = try state.digest
            numbers[digest] = (numbers[digest]?.lowerBound ?? number)...number
        }
        self.numbers = numbers
    }

    /// Opens the store, commits one after the other, and has a snapshot written behind some.
    func run(
        _ settings: GraphStorageSettings = GraphStorageSettings(), snapshotsAfter: Set<Int> = [],
        closes: Bool = true
    ) async throws {
        let (journal, _) = try FileJournal.openInPlace("store", settings, files: disk)
        for (place, commit) in commits.commits.enumerated() {
            let number = place + 1
            try await journal.commit(commit) { disk.acknowledge(number) }
            if snapshotsAfter.contains(number) {
                try await journal.checkpoint(commits.states[number])
            }
        }
        if closes { await journal.close() }
    }

    /// How many commits a disk has; throws for a state that never was.
    func recover(_ disk: SimulatedDisk) throws -> ClosedRange<Int> {
        let found = try Recovery.run(StoreFolder(path: "store", files: disk))
        return try #require(numbers[try found.state.digest], "a state that never was")
    }
}

extension FileJournal {
    func commit(
        _ changes: [GraphChange], acknowledged: @escaping @Sendable () -> Void = {}
    ) async throws(StorageError) {
        try await withCheckedContinuation {
            (continuation: CheckedContinuation<Result<Void, StorageError>, Never>) in
            enqueue(changes) { result in
                if case .success = result { acknowledged() }
                continuation.resume(returning: result)
            }
        }.get()
    }

    func checkpoint(_ state: GraphState) async throws(StorageError) {
        try await withCheckedContinuation {
            (continuation: CheckedContinuation<Result<Void, StorageError>, Never>) in
            checkpoint(state) { continuation.resume(returning: $0) }
        }.get()
    }
}

@Suite("A stored graph after a crash")
struct CrashTests {
    /// Opens at every moment, and expects what was acknowledged, or that and the commit under way.
    private func checkEveryMoment(
        _ store: SimulatedStore, _ survivals: [SimulatedDisk.Survival],
        losesUnsynced: Bool = false
    ) throws {
        let operations = store.disk.operations
        for moment in SimulatedDisk.moments(of: operations) {
            let acknowledged = SimulatedDisk.acknowledged(operations, at: moment)
            for survival in survivals {
                let disk = store.disk.crashed(operations, at: moment, survival)
                let found = try #require(
                    try? store.recover(disk), "\(moment), \(survival): \(disk.paths)")
                #expect(found.lowerBound <= acknowledged + 1, "\(moment), \(survival)")
                if !losesUnsynced {
                    #expect(found.upperBound >= acknowledged, "\(moment), \(survival)")
                }
                // What was recovered once is recovered again.
                guard moment.bytes % 16 == 0 else { continue }
                #expect(try store.recover(disk) == found, "\(moment), \(survival)")
            }
        }
    }

    @Test("at any byte of the log it is what was acknowledged, or one commit more")
    func log() async throws {
        let store = try SimulatedStore(commits: 20, seed: testSeed)
        try await store.run()
        try checkEveryMoment(store, [.kept, .lost, .partial(seed: testSeed)])
    }

    @Test("at any byte of a snapshot, a new log and the removal of old files, likewise")
    func snapshots() async throws {
        let store = try SimulatedStore(commits: 8, seed: testSeed &+ 1)
        try await store.run(snapshotsAfter: [2, 5, 8])
        #expect(store.disk.paths.count == 2, "\(store.disk.paths)")
        try checkEveryMoment(store, [.kept, .lost, .partial(seed: testSeed)])
    }

    @Test("buffered, the death of the process loses nothing, and a power cut only the last commits")
    func buffered() async throws {
        let store = try SimulatedStore(commits: 8, seed: testSeed &+ 2)
        try await store.run(
            GraphStorageSettings(durability: .buffered), snapshotsAfter: [4], closes: true)
        try checkEveryMoment(store, [.kept])
        try checkEveryMoment(
            store, [.lost, .partial(seed: testSeed), .partial(seed: testSeed &+ 9)],
            losesUnsynced: true)
    }

    @Test("a store that was recovered at any moment goes on, and what it writes then is kept")
    func goesOn() async throws {
        let store = try SimulatedStore(commits: 6, seed: testSeed &+ 3)
        try await store.run(snapshotsAfter: [3])
        let operations = store.disk.operations
        for moment in SimulatedDisk.moments(of: operations).filter({ $0.bytes % 7 == 0 }) {
            let disk = store.disk.crashed(operations, at: moment, .partial(seed: testSeed))
            let (journal, state) = try FileJournal.openInPlace("store", .init(), files: disk)
            let node = GraphChange.createNode(state.nextNode, labels: [])
            try await journal.commit([node])
            await journal.close()
            var expected = state
            try expected.apply(node)
            let found = try Recovery.run(StoreFolder(path: "store", files: disk)).state
            #expect(try found.digest == expected.digest, "\(moment)")
        }
    }

    @Test("groups of many commits are there whole or not at all, whatever is torn off them")
    func groups() throws {
        let store = try SimulatedStore(commits: 12, seed: testSeed &+ 4)
        var log = try Recovery.run(StoreFolder(path: "store", files: store.disk)).log
        for start in [0, 1, 5] {
            let end = start == 0 ? 1 : start == 1 ? 5 : 12
            try log.append(
                store.commits.commits[start..<end].map(StoredCommit.encode), synced: true)
            store.disk.acknowledge(end)
        }
        let operations = store.disk.operations
        for moment in SimulatedDisk.moments(of: operations) {
            let acknowledged = SimulatedDisk.acknowledged(operations, at: moment)
            for survival in [SimulatedDisk.Survival.kept, .lost, .partial(seed: testSeed)] {
                let found = try store.recover(
                    store.disk.crashed(operations, at: moment, survival))
                let next = [0: 1, 1: 5, 5: 12, 12: 12][acknowledged] ?? 0
                #expect(found.contains(acknowledged) || found.contains(next), "\(moment)")
            }
        }
    }
}
