import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@testable import GraphInMemory

@Suite("A damaged byte of a stored graph")
struct CorruptionTests {
    /// Changes each byte in turn, and expects that it is said, or that it does not matter.
    private func damageEveryByte(_ store: SimulatedStore, of disk: SimulatedDisk) throws {
        let whole = try store.recover(disk)
        var detected = 0
        let image = disk.image
        for path in disk.paths {
            for place in disk.bytes(of: path).indices {
                for change: UInt8 in [0x80, 0xFF] {
                    let damaged = SimulatedDisk(image, boot: disk.bootIdentity)
                    damaged.setBytes(of: path) { $0[place] ^= change }
                    do {
                        let found = try store.recover(damaged)
                        #expect(found == whole, "\(path), byte \(place)")
                    } catch let error as StorageError {
                        #expect([.corrupted, .unsupported].contains(error.code), "\(error)")
                        #expect(error.message.contains(path), "\(error)")
                        detected += 1
                    }
                }
            }
        }
        #expect(detected > 300)
    }

    @Test("is found in a log that was closed")
    func closedLog() async throws {
        let store = try SimulatedStore(commits: 12, seed: testSeed)
        try await store.run()
        try damageEveryByte(store, of: store.disk)
    }

    @Test(
        "is found in a log whose process died, the last acknowledged commit included",
        arguments: GraphDurability.allCases)
    func log(of durability: GraphDurability) async throws {
        let store = try SimulatedStore(commits: 12, seed: testSeed &+ 1)
        try await store.run(GraphStorageSettings(durability: durability))
        let operations = store.disk.operations
        let end = try #require(
            operations.lastIndex { if case .acknowledged = $0 { true } else { false } })
        let moment = SimulatedDisk.Moment(operations: end + 1, bytes: 0)
        let died = store.disk.crashed(operations, at: moment, .kept)
        try damageEveryByte(store, of: died)
    }

    @Test("is found in a snapshot, and in the logs that follow each other behind it")
    func snapshot() async throws {
        let store = try SimulatedStore(commits: 9, seed: testSeed &+ 2)
        try await store.run(snapshotsAfter: [4])
        try damageEveryByte(store, of: store.disk)
    }

    @Test("is found while a snapshot is being written: two logs then belong together")
    func twoLogs() async throws {
        let store = try SimulatedStore(commits: 6, seed: testSeed &+ 3)
        try await store.run(snapshotsAfter: [3])
        let operations = store.disk.operations
        // The second log is there, and the snapshot is not.
        let place = try #require(
            operations.lastIndex {
                if case .rename(_, let path) = $0 { path.contains("snapshot") } else { false }
            })
        let disk = store.disk.crashed(
            operations, at: SimulatedDisk.Moment(operations: place, bytes: 0), .kept)
        #expect(disk.paths.count { $0.contains("log-") } == 2)
        try damageEveryByte(
            store, of: store.disk.crashed(operations, at: .init(operations: place, bytes: 0), .kept)
        )
    }

    @Test("missing bytes at the end of what was acknowledged are damage, too")
    func cutOff() async throws {
        let store = try SimulatedStore(commits: 5, seed: testSeed)
        try await store.run()
        let path = try #require(store.disk.paths.first { $0.contains("log-") })
        let image = store.disk.image
        for count in 1..<store.disk.bytes(of: path).count {
            let disk = SimulatedDisk(image)
            disk.setBytes(of: path) { $0.removeLast(count) }
            expectError(.corrupted) { try store.recover(disk) }
        }
    }

    @Test("files of another store, and missing ones, are refused")
    func mixed() async throws {
        let first = try SimulatedStore(commits: 5, seed: testSeed)
        try await first.run(snapshotsAfter: [3])
        let second = try SimulatedStore(commits: 5, seed: testSeed &+ 1)
        try await second.run(snapshotsAfter: [3])
        let log = try #require(first.disk.paths.first { $0.contains("log-") })
        let foreign = second.disk.bytes(of: log)
        for path in first.disk.paths where path.contains("-0") {
            let disk = SimulatedDisk(first.disk.image)
            try disk.remove(path)
            expectError(.corrupted) { try first.recover(disk) }
        }
        first.disk.setBytes(of: log) { $0 = foreign }
        expectError(.corrupted) { try first.recover(first.disk) }
    }

    @Test("a later version of the format is refused with both versions named")
    func version() async throws {
        let store = try SimulatedStore(commits: 2, seed: testSeed)
        try await store.run()
        let path = try #require(store.disk.paths.first { $0.contains("log-") })
        store.disk.setBytes(of: path) { bytes in
            bytes[8] = 7
            bytes.replaceSubrange(12..<16, with: [0, 0, 0, 0])
            let checksum = CRC32C.of(bytes.prefix(64))
            bytes.replaceSubrange(
                12..<16, with: (0..<4).map { UInt8(truncatingIfNeeded: checksum >> ($0 * 8)) })
        }
        let error = expectError(.unsupported) { try store.recover(store.disk) }
        #expect(error?.message.contains("version 7") == true)
        #expect(error?.message.contains("version 1") == true)
    }

    @discardableResult
    private func expectError(
        _ code: StorageError.Code, _ body: () throws -> Any
    ) -> StorageError? {
        let error = #expect(throws: StorageError.self) { _ = try body() }
        #expect(error?.code == code, "\(String(describing: error))")
        return error
    }
}
