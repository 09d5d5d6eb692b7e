import StorageKit
import Synchronization
import TestSupport
import Testing

@testable import PostgresBackend

@Suite(
    "A PostgreSQL server and its standby",
    .enabled(if: TestServer.postgres.isExpected, TestServer.remedy), .timeLimit(.minutes(5)))
struct PostgresReplicaTests {
    @Test("what only reads goes to the standby when it was asked to, and nothing else does")
    func routes() async throws {
        let world = try await ReplicaWorld(commit: "remote_apply")
        let database = world.database
        #expect(try await database.isStandby() == false)
        #expect(try await database.reading.isStandby() == true)
        let inTransaction = try await database.withTransaction(access: .readOnly) { transaction in
            // The law of every store: inside a body only its own connection is used.
            try await expectError(.invalidState) { try await database.execute("SELECT 1") }
            return try await transaction.isStandby()
        }
        #expect(inTransaction == true)
        let inConnection = try await database.withConnection(.readOnly) { try await $0.isStandby() }
        #expect(inConnection == true)
        #expect(try await database.withTransaction { try await $0.isStandby() } == false)
        // remote_apply: what a commit has returned from is to be read there.
        for id in 0..<100 {
            try await database.execute("INSERT INTO t VALUES (\(id))")
            let seen = try await database.reading.first(
                "SELECT count(*) FROM t WHERE id = \(id)", as: Int.self)
            #expect(seen == 1)
        }
        await world.end()
        try await expectError(.invalidState) { try await database.reading.execute("SELECT 1") }
    }

    @Test("without a standby reading falls back to the primary, and still refuses to write")
    func fallsBack() async throws {
        let world = try await ReplicaWorld(commit: "local")
        let database = world.database
        for isStandby in [true, false] {
            if !isStandby {
                try await world.standby.shutdown()
                try await reached { database.reading.pool.connectionCount == 0 }
            }
            #expect(try await database.reading.isStandby() == isStandby)
            let error = try await expectError(.permissionDenied) {
                try await database.reading.execute("INSERT INTO t VALUES (1)")
            }
            #expect(error.native?.name == "25006" && !error.mayHaveBeenApplied)
            try await expectError(.permissionDenied) {
                try await database.reading.withTransaction { transaction in
                    _ = try await transaction.execute("INSERT INTO t VALUES (1)")
                }
            }
        }
        #expect(try await database.first("SELECT count(*) FROM t", as: Int.self) == 0)
        await world.end()
    }

    @Test("reading comes back to a standby that was away, and one that insists waits for it")
    func comesBack() async throws {
        var configuration = PostgresConfiguration()
        configuration.connectionLifetime = .milliseconds(1)
        let world = try await ReplicaWorld(commit: "local", configuration)
        let reading = world.database.reading
        var strict = PostgresConfiguration()
        strict.readRoute = .standby
        let insisting = PostgresDatabase(world.database.address, configuration: strict)
        #expect(try await insisting.reading.isStandby() == true)
        try await world.standby.shutdown()
        try await reached { (try? await reading.isStandby()) == false }
        try await reached { insisting.reading.pool.connectionCount == 0 }
        let error = try await expectError(.unavailable) {
            _ = try await insisting.reading.isStandby()
        }
        #expect(error.isRetryable)
        try await world.standby.restart()
        try await reached { (try? await reading.isStandby()) == true }
        try await reached { (try? await insisting.reading.isStandby()) == true }
        await insisting.close()
        await world.end()
    }

    @Test("a standby that is promoted under load takes over, and no acknowledged write is lost")
    func promoted() async throws {
        let world = try await ReplicaWorld(commit: "on")
        let load = Load(world.database)
        let tasks = load.start()
        try await reached { load.counts.written > 200 && load.counts.read > 20 }
        try await world.primary.shutdown()
        try await world.onStandby.execute("SELECT pg_promote()")
        let before = load.counts
        try await reached {
            load.counts.written > before.written + 200 && load.counts.read > before.read + 20
        }
        load.stop()
        for task in tasks { await task.value }
        let kept = Set(
            try await world.onStandby.query("SELECT id FROM t", as: Int.self, limit: .max))
        #expect(load.acknowledged.subtracting(kept) == [], "acknowledged, and gone")
        #expect(kept.subtracting(load.acknowledged).isSubset(of: load.doubtful))
        #expect(load.strange == [])
        #expect(try await world.database.isStandby() == false)
        #expect(try await world.database.reading.isStandby() == false)
        await world.end()
    }

    /// Tasks that write and tasks that read, and go on whatever happens.
    private final class Load: Sendable {
        struct Counts {
            var written = 0
            var read = 0
        }

        private struct State {
            var counts = Counts()
            var nextID = 0
            var acknowledged: Set<Int> = []
            var doubtful: Set<Int> = []
            var strange: [String] = []
            var isOver = false
        }

        private let database: PostgresDatabase
        private let state = Mutex(State())

        init(_ database: PostgresDatabase) { self.database = database }

        var counts: Counts { state.withLock { $0.counts } }
        var acknowledged: Set<Int> { state.withLock { $0.acknowledged } }
        var doubtful: Set<Int> { state.withLock { $0.doubtful } }
        /// What nobody is to be told when a server goes.
        var strange: [String] { state.withLock { $0.strange } }

        func stop() { state.withLock { $0.isOver = true } }

        func start() -> [Task<Void, Never>] {
            (0..<6).map { number in
                Task {
                    while !state.withLock({ $0.isOver }) {
                        if number < 4 {
                            await write(inTransaction: number < 2)
                        } else {
                            await read()
                        }
                        await Task.yield()
                    }
                }
            }
        }

        private func write(inTransaction: Bool) async {
            let id = state.withLock { state in
                state.nextID += 1
                return state.nextID
            }
            let error = await storageError {
                if inTransaction {
                    try await database.withTransaction { transaction in
                        try await transaction.execute("INSERT INTO t VALUES (\(id))")
                    }
                } else {
                    try await database.execute("INSERT INTO t VALUES (\(id))")
                }
            }
            state.withLock { state in
                if let error {
                    if error.mayHaveBeenApplied { state.doubtful.insert(id) }
                    if !error.isRetryable { state.strange.append("\(error)") }
                } else {
                    state.acknowledged.insert(id)
                    state.counts.written += 1
                }
            }
        }

        private func read() async {
            let error = await storageError {
                try await database.withTransaction(access: .readOnly) { transaction in
                    _ = try await transaction.first("SELECT count(*) FROM t", as: Int.self)
                }
            }
            state.withLock { state in
                if let error {
                    if !error.isRetryable { state.strange.append("\(error)") }
                } else {
                    state.counts.read += 1
                }
            }
        }
    }
}
