internal import StorageKit
internal import Synchronization

/// The rows of a statement on the database itself: a connection is held from the first row to the
/// last.
///
/// A statement that writes has a transaction around it, which is committed when its last row has
/// been fetched and rolled back when the reader leaves before.
final class PostgresStoreRows<Row: Sendable>: ResultSource {
    private struct Run {
        let link: PostgresLink
        let exchange: PostgresExchange
        let writes: Bool
    }

    private enum Phase {
        case created
        case running(Run)
        case over
    }

    private let database: PostgresDatabase
    private let sql: SQL
    private let form: PostgresRowForm<Row>
    private let phase = Mutex(Phase.created)

    init(_ database: PostgresDatabase, _ sql: SQL, _ form: PostgresRowForm<Row>) {
        self.database = database
        self.sql = sql
        self.form = form
    }

    func nextBatch() async throws(StorageError) -> [Row] {
        try await database.named("query") { () throws(StorageError) in
            switch self.phase.withLock({ $0 }) {
            case .created: return try await self.read(self.begin())
            case .running(let run): return try await self.read(run)
            case .over: return []
            }
        }
    }

    func close() {
        guard let run = takeRun() else { return }
        run.link.abandonRows(of: run.exchange)
        run.link.giveUp(run.exchange)
        if run.writes { run.link.submit(.rollback) }
        database.pool.release(run.link)
    }

    private func takeRun() -> Run? {
        phase.withLock { phase in
            defer { phase = .over }
            guard case .running(let run) = phase else { return nil }
            return run
        }
    }

    private func begin() async throws(StorageError) -> Run {
        let statement = try PostgresStatement(sql)
        guard !StatementText.controlsTransactions(statement.text) else {
            throw .transactionByHand(statement.text)
        }
        let writes = StatementText.mayChange(statement.text)
        let beginning = writes ? [PostgresExchange.Step(work: .command("BEGIN"))] : []
        let exchange = PostgresExchange(
            beginning + [.init(work: .statement(statement), demand: .stream)],
            standsAlone: !writes, isShared: false)
        let run = Run(link: try await database.pool.lease(), exchange: exchange, writes: writes)
        phase.withLock { $0 = .running(run) }
        run.link.submit(exchange)
        return run
    }

    private func read(_ run: Run) async throws(StorageError) -> [Row] {
        switch await run.link.nextRowsStoppably(of: run.exchange) {
        case .block(let block): return try form.rows(of: block)
        case .end(let reply):
            _ = try reply.result(
                of: run.exchange, at: run.exchange.steps.count - 1, mayBeApplied: false)
            if run.writes { try await commit(run) }
            if takeRun() != nil { database.pool.release(run.link) }
            return []
        }
    }

    private func commit(_ run: Run) async throws(StorageError) {
        let exchange = PostgresExchange(
            [.init(work: .command("COMMIT"))], standsAlone: false, isShared: false)
        _ = try await run.link.runShielded(exchange).result(of: exchange, at: 0)
    }
}

extension PostgresExchange {
    /// Undoes the transaction that is open.
    static var rollback: PostgresExchange {
        .commands(["ROLLBACK"], standsAlone: false, isEssential: true)
    }
}
