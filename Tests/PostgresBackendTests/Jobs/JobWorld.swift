import StorageKit
import Synchronization

@testable import PostgresBackend

/// Queues for tests, each in a schema of its own.
enum JobWorld {
    /// Runs a body with the table of the jobs.
    static func with<Value>(
        _ configuration: PostgresConfiguration = .init(),
        _ body: (PostgresDatabase) async throws -> Value
    ) async throws -> Value {
        try await PostgresWorld.with(configuration) { database in
            try await Migrations([PostgresJobSchema.migration]).apply(to: database)
            return try await body(database)
        }
    }

    /// Without pauses, and with a poll that no test waits for.
    static var hasty: PostgresJobSettings {
        var settings = PostgresJobSettings()
        settings.firstPause = .zero
        settings.pollInterval = .milliseconds(1)
        return settings
    }

    /// With a poll that comes too late for every test.
    static var deaf: PostgresJobSettings {
        var settings = PostgresJobSettings()
        settings.pollInterval = .seconds(3600)
        return settings
    }
}

extension PostgresDatabase {
    /// Lets an hour pass for every job: what was to come then is due, and leases are over.
    func letAnHourPass() async throws {
        try await execute("UPDATE storagekit_job SET due_at = due_at - interval '1 hour'")
    }
}

/// How often each job was done.
final class Tally: Sendable {
    private struct State {
        var counts: [Int: Int] = [:]
        var now = 0
        var most = 0
    }

    private let state = Mutex(State())

    var sum: Int { state.withLock { $0.counts.values.reduce(0, +) } }
    var each: [Int: Int] { state.withLock { $0.counts } }
    /// How many were done at a time at the most.
    var most: Int { state.withLock { $0.most } }

    func add(_ job: Int) {
        begin(job)
        end()
    }

    func begin(_ job: Int) {
        state.withLock { state in
            state.counts[job, default: 0] += 1
            state.now += 1
            state.most = max(state.most, state.now)
        }
    }

    func end() { state.withLock { $0.now -= 1 } }
}
