import Foundation
import RelationalBackend
import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@Suite("SQLite and the death of its process", .nothingLeftOpen)
struct SQLiteCrashTests {
    /// What a writer has said before it died.
    struct Words {
        var tried: Set<Int> = []
        var acknowledged: Set<Int> = []

        init(_ text: String) {
            // A last line without its end was cut short.
            for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
                let words = line.split(separator: " ")
                guard words.count == 2, let id = Int(words[1]) else { continue }
                if words[0] == "try" { tried.insert(id) }
                if words[0] == "ok" { acknowledged.insert(id) }
            }
        }
    }

    /// Beside the test's own executable.
    static let writer: String = {
        let test = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        let own = URL(fileURLWithPath: test ?? CommandLine.arguments[0])
        return own.deletingLastPathComponent().appendingPathComponent("SQLiteCrashWriter").path
    }()

    @Test(
        "a hundred times killed at any moment, it has lost nothing that was acknowledged",
        .enabled(if: FileManager.default.fileExists(atPath: "/proc/self/exe"), "needs /proc"),
        .timeLimit(.minutes(5)))
    func killed() async throws {
        let folder = try TestSupport.TemporaryFolder()
        let place = Self.placeInMemory
        defer { place.map { try? FileManager.default.removeItem(atPath: $0) } }
        let path = place.map { $0 + "/test.db" } ?? folder.file("test.db")
        try await makeTables(path)
        var random = SeededGenerator(seed: testSeed)
        var stored = 0
        var acknowledged = 0
        for run in 1...100 {
            let output = folder.file("output")
            let child = try ChildProcess(Self.writer, [path, "\(run)"], output: output)
            try await waitForOutput(output, bytes: Int.random(in: 0...4_000, using: &random), child)
            // The end of a process that waits for a disk may take as long as the disk.
            try await Waiting.onOwnThread { child.kill() }
            let words = Words(folder.text(of: "output"))
            stored += try await check(path, run: run, words, storedBefore: stored)
            acknowledged += words.acknowledged.count
        }
        #expect(acknowledged > 100, "the writers were killed before they wrote")
    }

    /// What a killed process has written is the kernel's, on a disk or not; and a hundred times
    /// thousands of synced commits would hold up whatever else uses the disk.
    private static var placeInMemory: String? {
        let path = "/dev/shm/storagekit-crash-\(UUID().uuidString)"
        let isMade: Void? = try? FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false)
        return isMade.map { path }
    }

    private func makeTables(_ path: String) async throws {
        let database = SQLiteDatabase(.file(path))
        try await database.execute(
            script: """
                CREATE TABLE row (id INTEGER PRIMARY KEY, amount INTEGER NOT NULL DEFAULT 0) STRICT;
                CREATE TABLE account (id INTEGER PRIMARY KEY, balance INTEGER NOT NULL) STRICT;
                INSERT INTO account VALUES (1, 0), (2, 0);
                """)
        await database.close()
    }

    private func waitForOutput(_ path: String, bytes: Int, _ child: ChildProcess) async throws {
        while true {
            let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
            if let size, size >= bytes { return }
            try #require(child.isRunning, "the writer ended by itself")
            await Task.yield()
        }
    }

    /// Opens the file as it was left, and returns how many rows of the run are in it.
    private func check(
        _ path: String, run: Int, _ words: Words, storedBefore: Int
    ) async throws -> Int {
        let database = SQLiteDatabase(.file(path))
        let integrity = try await database.query(
            "PRAGMA integrity_check", as: String.self, limit: 100)
        #expect(integrity == ["ok"], "run \(run)")
        let first = run * 1_000_000
        let found = try await Set(
            database.query(
                "SELECT id FROM row WHERE id >= \(first)", as: Int.self, limit: 1_000_000))
        #expect(words.acknowledged.isSubset(of: found), "run \(run)")
        #expect(found.isSubset(of: words.tried), "run \(run)")
        let earlier = try await database.first(
            "SELECT count(*) FROM row WHERE id < \(first)", as: Int.self)
        #expect(earlier == storedBefore, "run \(run)")
        let moved = try await database.first("SELECT sum(amount) FROM row", as: Int?.self) ?? nil
        let balances = try await database.query(
            "SELECT balance FROM account ORDER BY id", as: Int.self, limit: 2)
        #expect(balances == [-(moved ?? 0), moved ?? 0], "run \(run)")
        await database.close()
        return found.count
    }
}
