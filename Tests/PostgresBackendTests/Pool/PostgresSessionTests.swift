import StorageKit
import TestSupport
import Testing

@testable import PostgresBackend

@Suite(
    "What is left behind in sessions of PostgreSQL's",
    .enabled(if: TestServer.postgres.isExpected, TestServer.remedy), .timeLimit(.minutes(5)))
struct PostgresSessionTests {
    private static let memory: SQL = "SELECT current_setting('work_mem')"

    @Test("what a statement has set is undone before whoever waits for its connection has it")
    func undoneBefore() async throws {
        try await PostgresWorld.with(.single()) { database in
            let usual = try await database.first(Self.memory, as: String.self)
            for gate in 77_001...77_050 {
                try await PostgresWorld.admin.withConnection { keeper in
                    try await keeper.execute("SELECT pg_advisory_lock(\(gate))")
                    async let setting = database.execute(pipeline: [
                        "SELECT pg_advisory_xact_lock(\(gate))", "SET work_mem = '76MB'",
                    ])
                    try await reached { try await Self.isSomebody(at: gate, keeper) }
                    async let settings = Self.settings(in: database)
                    try await reached { database.pool.waitingCount == 1 }
                    try await keeper.execute("SELECT pg_advisory_unlock(\(gate))")
                    _ = try await setting
                    #expect(try await settings == [usual, "75MB"])
                }
            }
        }
    }

    /// What a transaction finds, and what it has after it has set something of its own.
    private static func settings(in database: PostgresDatabase) async throws -> [String?] {
        try await database.withTransaction { transaction in
            let found = try await transaction.first(memory, as: String.self)
            try await transaction.execute("SET LOCAL work_mem = '75MB'")
            for _ in 0..<10 { try await transaction.execute("SELECT 1") }
            return [found, try await transaction.first(memory, as: String.self)]
        }
    }

    private static func isSomebody(
        at gate: Int, _ keeper: PostgresHeldConnection
    ) async throws -> Bool {
        try await keeper.first(
            """
            SELECT EXISTS (SELECT 1 FROM pg_locks
                WHERE locktype = 'advisory' AND objid = \(gate)::oid AND NOT granted)
            """, as: Bool.self) == true
    }

    @Test("a connection that cannot be made as it was is given to nobody")
    func notReset() async throws {
        var configuration = PostgresConfiguration.single()
        configuration.operationTimeout = .milliseconds(500)
        try await PostgresWorld.with(configuration) { database in
            let usual = try await database.first(Self.memory, as: String.self)
            try await PostgresWorld.admin.withTransaction { holder in
                try await database.withConnection { connection in
                    try await connection.execute("SET work_mem = '77MB'")
                    try await connection.execute("CREATE TEMPORARY TABLE mine (id int)")
                    let schema = try await connection.first(
                        "SELECT nspname FROM pg_namespace WHERE oid = pg_my_temp_schema()",
                        as: String.self)
                    // Nobody drops it now.
                    try await holder.execute("LOCK TABLE \(identifier: schema ?? "").mine")
                }
                var found: String?
                try await reached {
                    // Behind what does not end in time nothing else does.
                    found = try? await database.first(Self.memory, as: String.self)
                    return found != nil
                }
                #expect(found == usual)
            }
        }
    }

    @Test("rows that somebody has kept from a body that is over are stopped")
    func keptRows() async throws {
        try await PostgresWorld.with(.single()) { database in
            // nonisolated(unsafe): written in the body, which is over before it is read.
            nonisolated(unsafe) var kept: RelationalRows<Int>.AsyncIterator?
            try await database.withConnection { connection in
                var rows = connection.query(
                    "SELECT generate_series(1, 100000000000)", as: Int.self
                ).makeAsyncIterator()
                let first = try await rows.next()
                #expect(first == 1)
                kept = rows
            }
            #expect(try await database.first("SELECT 1", as: Int.self) == 1)
            try await expectError(.invalidState) {
                while try await kept?.next() != nil {}
            }
        }
    }
}
