import Foundation
import StorageKit
import TestSupport
import Testing

@testable import RelationalBackend

/// Faults of the place where a database is.
@Suite("A SQLite file whose disk or neighbours fail it", .nothingLeftOpen, .serialized)
struct SQLiteFaultTests {
    static func makeTable(_ database: SQLiteDatabase) async throws {
        try await database.execute(
            script: """
                PRAGMA wal_autocheckpoint = 0;
                CREATE TABLE t (id INTEGER PRIMARY KEY, bytes BLOB)
                """)
    }

    static func ids(_ database: SQLiteDatabase) async throws -> [Int] {
        try await database.query("SELECT id FROM t ORDER BY id", as: Int.self, limit: 1000)
    }

    @Test("a database that may not grow refuses the write, keeps what it has, and goes on")
    func pageLimit() async throws {
        let folder = try RelationalBackendTests.TemporaryFolder()
        let database = SQLiteDatabase(.file(folder.file("test.db")))
        try await Self.makeTable(database)
        try await database.execute("INSERT INTO t VALUES (1, zeroblob(10))")
        try await database.execute(script: "PRAGMA max_page_count = 20")
        for _ in 0..<2 {
            let error = try await expectError(.resourceExhausted) {
                try await database.withTransaction { transaction in
                    for id in 2...9 {
                        try await transaction.execute(
                            "INSERT INTO t VALUES (\(id), zeroblob(40000))")
                    }
                }
            }
            #expect(error.native?.name == "SQLITE_FULL")
            #expect(error.isRetryable && !error.mayHaveBeenApplied)
        }
        #expect(try await Self.ids(database) == [1])
        try await database.execute("INSERT INTO t VALUES (2, zeroblob(10))")
        #expect(try await Self.ids(database) == [1, 2])
        #expect(try await database.checkIntegrity().isIntact)
        await database.close()
    }

    @Test(
        "a disk that is full fails the commit of a group for all its members, and none is there",
        .enabled(if: SmallDisk.isPossible, SmallDisk.remedy))
    func fullDisk() async throws {
        let disk = try SmallDisk()
        let database = SQLiteDatabase(.file(disk.path + "/test.db"))
        try await Self.makeTable(database)
        try await database.execute("INSERT INTO t VALUES (1, zeroblob(10))")
        try disk.fill()
        // Each fits in the cache; only the commit has to write.
        let results = try await SQLiteGroupCommitTests.together(
            on: database, (2...4).map { "INSERT INTO t VALUES (\($0), zeroblob(40000))" })
        for result in results {
            guard case .failure(let error) = result else {
                Issue.record("a write was acknowledged on a full disk")
                continue
            }
            #expect(error.code == .resourceExhausted || error.code == .unavailable, "\(error)")
        }
        #expect(try await Self.ids(database) == [1])
        try disk.empty()
        try await database.execute("INSERT INTO t VALUES (2, zeroblob(40000))")
        #expect(try await Self.ids(database) == [1, 2])
        #expect(try await database.checkIntegrity().isIntact)
        await database.close()
        let again = SQLiteDatabase(.file(disk.path + "/test.db"))
        #expect(try await Self.ids(again) == [1, 2])
        await again.close()
    }

    @Test(
        "a disk that was made read-only refuses writes",
        .enabled(if: SmallDisk.isPossible, SmallDisk.remedy))
    func readOnlyDisk() async throws {
        let disk = try SmallDisk()
        let path = disk.path + "/test.db"
        let database = SQLiteDatabase(.file(path))
        try await Self.makeTable(database)
        try await database.execute("INSERT INTO t VALUES (1, NULL)")
        await database.close()
        try disk.makeReadOnly()
        let writing = SQLiteDatabase(.file(path))
        let error = try await #require(throws: StorageError.self) {
            try await writing.execute("INSERT INTO t VALUES (2, NULL)")
        }
        #expect([.permissionDenied, .unavailable].contains(error.code), "\(error)")
        #expect(!error.isRetryable && !error.mayHaveBeenApplied)
        await writing.close()
    }

    @Test("a file that is removed under an open database harms neither this one nor the next")
    func removed() async throws {
        let folder = try RelationalBackendTests.TemporaryFolder()
        let path = folder.file("test.db")
        // One reader: another one that had to be opened later would find no file.
        let database = SQLiteDatabase(.file(path), configuration: .init(maximumReaders: 1))
        try await Self.makeTable(database)
        try await database.execute("INSERT INTO t VALUES (1, NULL)")
        #expect(try await Self.ids(database) == [1])
        for name in try folder.names() { try folder.remove(name) }
        // What was opened is still there for those who have it open; nobody else finds it.
        #expect(try await Self.ids(database) == [1])
        await database.close()
        let next = SQLiteDatabase(.file(path))
        try await Self.makeTable(next)
        #expect(try await Self.ids(next) == [])
        #expect(try await next.checkIntegrity().isIntact)
        await next.close()
    }

    @Test("pages that were overwritten are an error, whichever they are, and never a crash")
    func overwritten() async throws {
        let folder = try RelationalBackendTests.TemporaryFolder()
        let sound = folder.file("sound.db")
        let database = SQLiteDatabase(.file(sound))
        try await Self.makeTable(database)
        for id in 1...40 {
            try await database.execute("INSERT INTO t VALUES (\(id), randomblob(3000))")
        }
        await database.close()
        let bytes = try Data(contentsOf: URL(fileURLWithPath: sound))
        var refusals = 0
        for page in 0..<(bytes.count / 4096) {
            let path = folder.file("page-\(page).db")
            var damaged = bytes
            damaged.replaceSubrange(
                (page * 4096)..<(page * 4096 + 4096), with: Data(repeating: 0xa5, count: 4096))
            try damaged.write(to: URL(fileURLWithPath: path))
            refusals += try await refusal(of: path) ? 1 : 0
        }
        // The pages in the middle of a long value hold nothing that could be wrong.
        #expect(refusals >= 2)
    }

    /// Whether reading and writing every row of a damaged file was refused, as it should be.
    private func refusal(of path: String) async throws -> Bool {
        let database = SQLiteDatabase(.file(path))
        var isRefused = false
        do {
            _ = try await database.query(
                "SELECT id, hex(bytes) FROM t", as: (Int, String?).self, limit: 1000)
            try await database.execute("UPDATE t SET bytes = zeroblob(9)")
        } catch {
            let codes: [StorageError.Code] = [.corrupted, .invalidStatement, .decodingFailed]
            #expect(codes.contains(error.code), "\(error)")
            isRefused = true
        }
        await database.close()
        return isRefused
    }

    @Test("a lock of another process is waited for, busy after a time, and gone with its holder")
    func otherProcess() async throws {
        let folder = try RelationalBackendTests.TemporaryFolder()
        let path = folder.file("test.db")
        let database = SQLiteDatabase(
            .file(path), configuration: .init(busyTimeout: .milliseconds(20)))
        try await Self.makeTable(database)
        let output = folder.file("output")
        let child = try ChildProcess(
            SQLiteCrashTests.writer, [path, "hold"], output: output)
        while try !String(contentsOfFile: output, encoding: .utf8).hasPrefix("held\n") {
            try #require(child.isRunning, "the holder ended by itself")
            await Task.yield()
        }
        let error = try await expectError(.busy) {
            try await database.execute("INSERT INTO t VALUES (1, NULL)")
        }
        #expect(error.isRetryable && !error.mayHaveBeenApplied)
        #expect(try await Self.ids(database) == [])
        try await Waiting.onOwnThread { child.kill() }
        try await database.execute("INSERT INTO t VALUES (1, NULL)")
        #expect(try await Self.ids(database) == [1])
        await database.close()
    }

    @Test("cancelling a statement that has written much leaves nothing of it")
    func cancelledWrite() async throws {
        let folder = try RelationalBackendTests.TemporaryFolder()
        let database = SQLiteDatabase(.file(folder.file("test.db")))
        try await Self.makeTable(database)
        let task = Task {
            try await database.execute(
                """
                WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n)
                INSERT INTO t SELECT id, zeroblob(100) FROM n
                """, sharesCommit: false)
        }
        // Once it is written to the log, some thousand rows are under way.
        while try logSize(folder) < 1_000_000 { await Task.yield() }
        task.cancel()
        try await expectError(.cancelled) { _ = try await task.value }
        #expect(try await Self.ids(database) == [])
        try await database.execute("INSERT INTO t VALUES (1, NULL)")
        #expect(try await Self.ids(database) == [1])
        await database.close()
    }

    private func logSize(_ folder: RelationalBackendTests.TemporaryFolder) throws -> Int {
        let log = try FileManager.default.attributesOfItem(atPath: folder.file("test.db-wal"))
        return log[.size] as? Int ?? 0
    }
}
