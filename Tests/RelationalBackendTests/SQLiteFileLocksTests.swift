import Foundation
import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@testable import RelationalBackend

@Suite("Advisory locks beside a SQLite file", .nothingLeftOpen)
struct SQLiteFileLocksTests {
    struct Harness: AdvisoryLockHarness {
        let folder: TemporaryFolder

        func makeSubject() async throws -> SQLiteFileLocks {
            try locks(folder.file("\(UInt64.random(in: 0 ... .max)).db"))
        }

        func makePeer(of subject: SQLiteFileLocks) async throws -> SQLiteFileLocks {
            try locks(subject.path)
        }

        private func locks(_ path: String) throws -> SQLiteFileLocks {
            try SQLiteFileLocks(besides: SQLiteDatabase(.file(path)))
        }
    }

    @Test("they keep the laws", arguments: AdvisoryLockLaws.cases(for: Harness.self))
    func laws(law: ConformanceCase<Harness>) async throws {
        let harness = Harness(folder: try TemporaryFolder())
        let verdict = await ConformanceRunner(harness: harness, seed: testSeed).run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test("every broken lock is caught by the law that is meant for it, and every law catches one")
    func gallery() async throws {
        let harness = Harness(folder: try TemporaryFolder())
        let report = await AdvisoryLockLaws.killReport(harness: harness, seed: testSeed)
        #expect(report.flaws == [])
    }

    @Test("a program that is killed gives its lock back")
    func killed() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("test.db")
        let locks = try SQLiteFileLocks(besides: SQLiteDatabase(.file(path)))
        let key = AdvisoryLockKey(number: 255)
        let output = folder.file("output")
        let holder = try ChildProcess(
            "flock",
            [
                "--no-fork", path + "-lock-00000000000000ff", "sh", "-c",
                "echo held; exec sleep 600",
            ],
            output: output)
        while FileManager.default.contents(atPath: output)?.isEmpty != false {
            try #require(holder.isRunning)
            await Task.yield()
        }
        let error = try await expectError(.busy) {
            try await locks.withAdvisoryLock(key, waiting: .milliseconds(5)) {}
        }
        #expect(error.store == "sqlite:\(path)")
        holder.kill()
        try await locks.withAdvisoryLock(key, waiting: .seconds(60)) {}
    }

    @Test("a database in memory has no file for a lock")
    func memory() async throws {
        try await expectError(.invalidArgument) {
            _ = try SQLiteFileLocks(besides: SQLiteDatabase(.memory))
        }
    }

    @Test("a folder that is not there is an error that says so")
    func noFolder() async throws {
        let folder = try TemporaryFolder()
        let locks = try SQLiteFileLocks(
            besides: SQLiteDatabase(.file(folder.file("nowhere/test.db"))))
        let error = try await expectError(.unavailable) {
            try await locks.withAdvisoryLock("a", waiting: .zero) {}
        }
        #expect(error.native?.domain == "errno")
    }
}
