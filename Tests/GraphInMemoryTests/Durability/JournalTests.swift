import StorageKit
import StorageKitTesting
import Synchronization
import TestSupport
import Testing

@testable import GraphInMemory

@Suite("The journal of a graph")
struct JournalTests {
    private let disk = SimulatedDisk()

    private func open(
        _ settings: GraphStorageSettings = GraphStorageSettings()
    ) throws -> (FileJournal, GraphState) {
        try FileJournal.openInPlace("store", settings, files: disk)
    }

    private func node(_ number: UInt32) -> [GraphChange] {
        [.createNode(NodeIndex(number), labels: [])]
    }

    private func expectError(
        _ code: StorageError.Code, _ body: () async throws -> Void
    ) async -> StorageError? {
        let error = await #expect(throws: StorageError.self) { try await body() }
        #expect(error?.code == code, "\(String(describing: error))")
        return error
    }

    @Test("a full disk refuses the commit and all behind it, and after `resume` writing goes on")
    func fullDisk() async throws {
        let (journal, _) = try open()
        try await journal.commit(node(0))
        disk.setFaults { $0.room = 10 }
        let error = await expectError(.resourceExhausted) { try await journal.commit(node(1)) }
        #expect(error?.mayHaveBeenApplied == false)
        _ = await expectError(.resourceExhausted) { try await journal.commit(node(2)) }
        disk.setFaults { $0.room = .max }
        _ = await expectError(.resourceExhausted) { try await journal.commit(node(2)) }
        try journal.resume()
        try await journal.commit(node(1))
        await journal.close()
        let (again, state) = try open()
        #expect(state.nodeCount == 2)
        await again.close()
    }

    @Test("a disk that is full at any byte of a commit leaves the log as it was")
    func fullAtAnyByte() async throws {
        for room in 0..<LogGroup.headerCount {
            let disk = SimulatedDisk()
            let (journal, _) = try FileJournal.openInPlace("store", .init(), files: disk)
            try await journal.commit(node(0))
            disk.setFaults { $0.room = room }
            _ = await expectError(.resourceExhausted) { try await journal.commit(node(1)) }
            let found = try Recovery.run(StoreFolder(path: "store", files: disk))
            #expect(found.state.nodeCount == 1)
            await journal.close()
        }
    }

    @Test("after a sync that failed nothing is written until the store is opened anew")
    func failedSync() async throws {
        let (journal, _) = try open()
        try await journal.commit(node(0))
        disk.setFaults { $0.failsSync = true }
        let error = await expectError(.unavailable) { try await journal.commit(node(1)) }
        #expect(error?.mayHaveBeenApplied == true)
        #expect(error?.isRetryable == false)
        // The next one would succeed, and mean nothing.
        disk.setFaults { $0.failsSync = false }
        let later = await expectError(.unavailable) { try await journal.commit(node(1)) }
        #expect(later?.mayHaveBeenApplied == false)
        #expect(later?.message.contains("open the store anew") == true)
        #expect(throws: StorageError.self) { try journal.resume() }
        _ = await expectError(.unavailable) { try await journal.checkpoint(GraphState()) }
        await journal.close()
        let (again, state) = try open()
        #expect(state.nodeCount == 1, "what only the system's memory had is not taken for durable")
        try await again.commit(node(1))
        await again.close()
    }

    @Test("a write that the disk refuses is final, and taken back")
    func failedWrite() async throws {
        let (journal, _) = try open()
        disk.setFaults { $0.failsWrite = true }
        let error = await expectError(.unavailable) { try await journal.commit(node(0)) }
        #expect(error?.mayHaveBeenApplied == false)
        #expect(throws: StorageError.self) { try journal.resume() }
        await journal.close()
    }

    @Test("a snapshot that finds no room fails by itself; commits go on, and the next one succeeds")
    func snapshotWithoutRoom() async throws {
        let (journal, state) = try open()
        var newest = state
        try newest.apply(node(0)[0])
        try await journal.commit(node(0))
        disk.setFaults { $0.room = 1_600 }
        _ = await expectError(.resourceExhausted) { try await journal.checkpoint(newest) }
        disk.setFaults { $0.room = 1 }
        try newest.apply(node(1)[0])
        disk.setFaults { $0.room = 200 }
        try await journal.commit(node(1))
        disk.setFaults { $0.room = 1 }
        _ = await expectError(.resourceExhausted) { try await journal.checkpoint(newest) }
        disk.setFaults { $0.room = .max }
        try await journal.commit(node(2))
        try newest.apply(node(2)[0])
        #expect(try Recovery.run(StoreFolder(path: "store", files: disk)).state.nodeCount == 3)
        try await journal.checkpoint(newest)
        #expect(disk.paths.count == 2, "\(disk.paths)")
        await journal.close()
        let (again, found) = try open()
        #expect(found.nodeCount == 3)
        await again.close()
    }

    @Test("a new log whose name is in doubt is the end of writing, and of nothing else")
    func doubtfulName() async throws {
        let (journal, state) = try open()
        var newest = state
        try newest.apply(node(0)[0])
        try await journal.commit(node(0))
        disk.setFaults { $0.failsFolderSync = true }
        _ = await expectError(.unavailable) { try await journal.checkpoint(newest) }
        disk.setFaults { $0.failsFolderSync = false }
        _ = await expectError(.unavailable) { try await journal.commit(node(1)) }
        await journal.close()
        let (again, found) = try open()
        #expect(found.nodeCount == 1)
        await again.close()
    }

    @Test("a value that cannot be stored fails its commit, and those made on top of it")
    func unwritable() async throws {
        let (journal, _) = try open()
        try await journal.commit([.defineKey("key")] + node(0))
        var value = GraphValue.integer(1)
        for _ in 0..<(StoredValue.maximumDepth + 1) { value = .list([value]) }
        let change = GraphChange.setNodeProperty(NodeIndex(0), KeySymbol(0), value)
        _ = await expectError(.limitExceeded) { try await journal.commit([change]) }
        _ = await expectError(.limitExceeded) { try await journal.commit(node(1)) }
        try journal.resume()
        try await journal.commit(node(1))
        await journal.close()
    }

    @Test("it asks for a snapshot when the log has become long, and again when that is long")
    func wish() async throws {
        let (journal, _) = try open(
            GraphStorageSettings(minimumLogBytes: 300, logToSnapshotRatio: 0))
        var state = GraphState()
        var next: UInt32 = 0
        for _ in 0..<3 {
            #expect(!journal.wantsCheckpoint)
            while !journal.wantsCheckpoint {
                try #require(next < 100)
                try await journal.commit(node(next))
                try state.apply(node(next)[0])
                next += 1
            }
            try await journal.checkpoint(state)
        }
        await journal.close()
        #expect(next > 20)
    }

    @Test("commits that wait are written together and acknowledged in their order")
    func groups() async throws {
        let (journal, _) = try open()
        let order = Mutex<[UInt32]>([])
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            for number in UInt32(0)..<500 {
                journal.enqueue(node(number)) { result in
                    let count = order.withLock { order in
                        if case .success = result { order.append(number) }
                        return order.count
                    }
                    if count == 500 { continuation.resume() }
                }
            }
        }
        #expect(order.withLock { $0 } == Array(0..<500))
        let syncs = disk.operations.count { if case .sync = $0 { true } else { false } }
        #expect(syncs < 400, "each was synced by itself")
        await journal.close()
    }

    @Test("closing finishes what is in the line, and refuses what comes later")
    func closing() async throws {
        let (journal, _) = try open()
        let acknowledged = Mutex(0)
        for number in UInt32(0)..<50 {
            journal.enqueue(node(number)) { result in
                if case .success = result { acknowledged.withLock { $0 += 1 } }
            }
        }
        await journal.close()
        #expect(acknowledged.withLock { $0 } == 50)
        _ = await expectError(.invalidState) { try await journal.commit(node(50)) }
        await journal.close()
        let (again, state) = try open()
        #expect(state.nodeCount == 50)
        await again.close()
    }

    @Test("a second opening of the same folder is busy until the first is closed")
    func busy() async throws {
        let (journal, _) = try open()
        _ = await expectError(.busy) { _ = try open() }
        await journal.close()
        let (again, _) = try open()
        await again.close()
    }
}
