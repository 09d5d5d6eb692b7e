import Foundation
import StorageKit
import TestSupport
import Testing

@testable import PostgresBackend

@Suite(
    "Jobs in a table of PostgreSQL's",
    .enabled(if: TestServer.postgres.isExpected, TestServer.remedy), .timeLimit(.minutes(5)))
struct PostgresJobQueueTests {
    private struct Mail: Codable, Hashable, Sendable {
        var address: String
        var lines: [String]
    }

    @Test("what is enqueued is claimed as it was, by one alone, and gone when it is completed")
    func life() async throws {
        try await JobWorld.with { database in
            let queue = PostgresJobQueue<Mail>("mail", in: database)
            let mail = Mail(address: "a@b.ü", lines: ["'; DROP TABLE", "\u{1F600}", ""])
            let id = try #require(try await queue.enqueue(mail, priority: 7))
            #expect(try await queue.counts() == .init(due: 1))
            let job = try #require(try await queue.claim().first)
            #expect(job.payload == mail && job.id == id && job.attempt == 1 && job.priority == 7)
            #expect(try await queue.counts() == .init(claimed: 1))
            #expect(try await queue.claim(limit: 5).isEmpty)
            try await queue.complete(job)
            #expect(try await queue.counts() == .init())
            try await expectError(.conflict) { try await queue.complete(job) }
        }
    }

    @Test("a queue sees its own jobs and no other's")
    func apart() async throws {
        try await JobWorld.with { database in
            let (one, other) = (
                PostgresJobQueue<Int>("one", in: database),
                PostgresJobQueue<Int>("other", in: database)
            )
            let id = try #require(try await one.enqueue(1, key: "k"))
            #expect(try await other.enqueue(2, key: "k") != nil)
            #expect(try await other.claim(limit: 9).map(\.payload) == [2])
            #expect(try await !other.discard(id))
            #expect(try await one.counts() == .init(due: 1))
        }
    }

    @Test("jobs are handed out by priority, then as they were due, then by age")
    func order() async throws {
        try await JobWorld.with { database in
            let queue = PostgresJobQueue<Int>("order", in: database)
            let now = Date()
            try await queue.enqueue(5, start: .at(now.addingTimeInterval(-10)), priority: -1)
            try await queue.enqueue(3, start: .at(now.addingTimeInterval(-10)))
            try await queue.enqueue(4, start: .at(now.addingTimeInterval(-10)))
            try await queue.enqueue(2, start: .at(now.addingTimeInterval(-20)))
            try await queue.enqueue(1, start: .at(now.addingTimeInterval(-5)), priority: 1)
            try await queue.enqueue(6, start: .after(.seconds(600)), priority: 9)
            try await queue.enqueue(7, start: .at(now.addingTimeInterval(900)), priority: 9)
            #expect(try await queue.claim(limit: 2).map(\.payload) == [1, 2])
            #expect(try await queue.claim(limit: 9).map(\.payload) == [3, 4, 5])
            #expect(try await queue.counts() == .init(later: 2, claimed: 5))
            try await database.execute(
                "DELETE FROM storagekit_job WHERE leased_at IS NOT NULL")
            try await database.letAnHourPass()
            #expect(try await queue.claim(limit: 9).map(\.payload) == [6, 7])
        }
    }

    @Test("a job in a transaction is there when that is committed, and never when it is not")
    func transaction() async throws {
        try await JobWorld.with { database in
            let queue = PostgresJobQueue<Int>("transaction", in: database)
            let other = PostgresDatabase(database.address)
            await #expect(throws: CancellationError.self) {
                try await database.withTransaction { transaction in
                    try await queue.enqueue(1, on: transaction)
                    throw CancellationError()
                }
            }
            try await database.withTransaction { transaction in
                try await queue.enqueue(2, on: transaction)
                // Another program sees nothing of it yet.
                #expect(
                    try await PostgresJobQueue<Int>("transaction", in: other).counts() == .init())
            }
            await other.close()
            #expect(try await queue.claim(limit: 9).map(\.payload) == [2])
        }
    }

    @Test("of a key there is one job at a time, however many ask at once")
    func keys() async throws {
        try await JobWorld.with { database in
            let queue = PostgresJobQueue<Int>("keys", in: database)
            let ids = try await withThrowingTaskGroup { group in
                for number in 0..<16 {
                    group.addTask { try await queue.enqueue(number, key: "report") }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(ids.compactMap(\.self).count == 1)
            let job = try #require(try await queue.claim().first)
            #expect(try await queue.enqueue(17, key: "report") == nil)
            #expect(try await queue.enqueue(18, key: "another") != nil)
            try await queue.complete(job)
            #expect(try await queue.enqueue(19, key: "report") != nil)
            #expect(try await queue.counts() == .init(due: 2))
        }
    }

    @Test("the job of a worker that is gone comes back, and he can do nothing to it any more")
    func deadWorker() async throws {
        try await JobWorld.with { database in
            let queue = PostgresJobQueue<Int>("worker", in: database)
            try await queue.enqueue(1)
            let gone = try #require(try await queue.claim().first)
            try await database.letAnHourPass()
            #expect(try await queue.counts() == .init(due: 1))
            let job = try #require(try await queue.claim().first)
            #expect(job.id == gone.id && job.attempt == 2)
            let calls: [(PostgresJob<Int>) async throws -> Void] = [
                { try await queue.complete($0) }, { try await queue.extendLease(of: $0) },
                { try await queue.release($0) }, { try await queue.fail($0, because: "late") },
            ]
            for call in calls {
                let error = try await expectError(.conflict) { try await call(gone) }
                #expect(!error.isRetryable)
            }
            try await queue.complete(job)
        }
    }

    @Test("who is late but not replaced can still complete his job, or extend his lease")
    func lateWorker() async throws {
        try await JobWorld.with { database in
            let queue = PostgresJobQueue<Int>("late", in: database)
            try await queue.enqueue(1)
            let job = try #require(try await queue.claim().first)
            try await database.letAnHourPass()
            try await queue.extendLease(of: job)
            #expect(try await queue.claim().isEmpty)
            try await database.letAnHourPass()
            try await queue.complete(job)
            #expect(try await queue.counts() == .init())
        }
    }

    @Test("a job that fails comes back later each time, and is dead when its attempts are used up")
    func failures() async throws {
        var settings = PostgresJobSettings()
        settings.attempts = 3
        try await JobWorld.with { [settings] database in
            let queue = PostgresJobQueue<Int>("failing", in: database, settings: settings)
            let id = try await queue.enqueue(1, key: "k")
            for attempt in 1...3 {
                let job = try #require(try await queue.claim().first)
                #expect(job.attempt == attempt)
                let isDead = try await queue.fail(job, because: "reason \(attempt)\0")
                #expect(isDead == (attempt == 3))
                #expect(try await queue.claim().isEmpty)
                try await database.letAnHourPass()
            }
            let dead = try #require(try await queue.deadJobs(limit: 9).first)
            #expect(dead.id == id && dead.attempts == 3 && dead.failure == "reason 3")
            #expect(try dead.payload() == 1)
            #expect(try await queue.counts() == .init(dead: 1))
            // The key is free, and then in the way.
            let other = try #require(try await queue.enqueue(2, key: "k"))
            try await expectError(.constraintViolation) { try await queue.revive(dead.id) }
            #expect(try await !queue.revive(other))
            try await queue.complete(try #require(try await queue.claim().first))
            #expect(try await queue.revive(dead.id))
            let job = try #require(try await queue.claim().first)
            #expect(job.id == id && job.attempt == 1)
        }
    }

    @Test("a job whose workers die again and again is dead in the end, and can be discarded")
    func deadly() async throws {
        var settings = PostgresJobSettings()
        settings.attempts = 2
        try await JobWorld.with { [settings] database in
            let queue = PostgresJobQueue<Int>("deadly", in: database, settings: settings)
            let id = try #require(try await queue.enqueue(1))
            for attempt in 1...2 {
                #expect(try await queue.claim().map(\.attempt) == [attempt])
                try await database.letAnHourPass()
            }
            #expect(try await queue.claim().isEmpty)
            #expect(try await queue.counts() == .init(dead: 1))
            #expect(try await queue.deadJobs(limit: 1).first?.failure.contains("worker") == true)
            #expect(try await queue.discard(id))
            #expect(try await !queue.discard(id))
        }
    }

    @Test("a job that is released is due at once, and its attempt does not count")
    func released() async throws {
        try await JobWorld.with { database in
            let queue = PostgresJobQueue<Int>("released", in: database)
            try await queue.enqueue(1)
            for _ in 0..<20 {
                let job = try #require(try await queue.claim().first)
                #expect(job.attempt == 1)
                try await queue.release(job)
            }
        }
    }

    @Test("a job of another shape fails, and says why; the others are handed out")
    func otherShape() async throws {
        var settings = PostgresJobSettings()
        settings.attempts = 1
        try await JobWorld.with { [settings] database in
            try await PostgresJobQueue<String>("shapes", in: database).enqueue("text")
            let queue = PostgresJobQueue<Int>("shapes", in: database, settings: settings)
            try await queue.enqueue(1)
            #expect(try await queue.claim(limit: 9).map(\.payload) == [1])
            let dead = try #require(try await queue.deadJobs(limit: 9).first)
            #expect(dead.json == "\"text\"" && dead.failure.contains("decodingFailed"))
            try await expectError(.decodingFailed) { _ = try dead.payload() }
        }
    }

    @Test("a job of another shape keeps nobody from the others, even when its failure is refused")
    func otherShapeRefused() async throws {
        try await JobWorld.with { database in
            try await PostgresJobQueue<String>("refused", in: database).enqueue("text")
            let queue = PostgresJobQueue<Int>("refused", in: database)
            for number in 1...2 { try await queue.enqueue(number) }
            try await database.execute(
                "ALTER TABLE storagekit_job ADD CONSTRAINT fine CHECK (failure IS NULL)")
            #expect(try await queue.claim(limit: 9).map(\.payload) == [1, 2])
            #expect(try await queue.counts() == .init(claimed: 3))
        }
    }

    @Test("what has no JSON is refused, and nothing is enqueued")
    func noJSON() async throws {
        try await JobWorld.with { database in
            let queue = PostgresJobQueue<Double>("numbers", in: database)
            try await expectError(.encodingFailed) { try await queue.enqueue(.nan) }
            #expect(try await queue.counts() == .init())
        }
    }

    @Test("the table is a plan that can be read before it is applied; without it calls say so")
    func schema() async throws {
        try await PostgresWorld.with { database in
            let queue = PostgresJobQueue<Int>("none", in: database)
            let calls: [() async throws -> Void] = [
                { try await queue.enqueue(1) }, { _ = try await queue.claim() },
            ]
            for call in calls {
                let error = try await expectError(.invalidStatement, call)
                #expect(error.native?.name == "42P01")
            }
            let error = try await expectError(.invalidStatement) { try await queue.run { _ in } }
            #expect(error.operation == "run" && error.store == database.address.description)
            let migrations = try Migrations([PostgresJobSchema.migration])
            let plan = try await migrations.plan(on: database)
            #expect(plan.description.contains("CREATE TABLE storagekit_job"))
            #expect(try await migrations.apply(to: database) == ["storagekit-jobs"])
            #expect(try await queue.enqueue(1) != nil)
            #expect(try await migrations.apply(to: database).isEmpty)
        }
    }

    @Test("pauses double up to a limit, and chance takes half of them at the most")
    func pauses() {
        var settings = PostgresJobSettings()
        settings.longestPause = .seconds(10)
        let longest = (1...6).map { settings.pause(after: $0, fraction: 0) }
        #expect(longest == [1, 2, 4, 8, 10, 10].map { .seconds($0) })
        #expect(settings.pause(after: 2, fraction: 1) == .seconds(1))
        #expect(settings.pause(after: .max, fraction: 0.5) == .seconds(7.5))
        #expect(settings.pause(after: 0, fraction: 0) == .seconds(1))
    }
}
