internal import StorageKit
internal import Synchronization

/// The rows of a statement on a connection that a task holds: by a cursor where there may be one,
/// otherwise as they come.
final class PostgresHeldRows<Row: Sendable>: ResultSource {
    private enum Phase {
        case created
        case cursor(String, batch: Int)
        case stream(PostgresExchange)
        case over
    }

    private let connection: PostgresHeldConnection
    private let sql: SQL
    private let form: PostgresRowForm<Row>
    private let phase = Mutex(Phase.created)

    /// How many rows the first round trip and the later ones bring.
    private static var firstBatch: Int { 64 }
    private static var largestBatch: Int { 1024 }

    init(_ connection: PostgresHeldConnection, _ sql: SQL, _ form: PostgresRowForm<Row>) {
        self.connection = connection
        self.sql = sql
        self.form = form
    }

    func nextBatch() async throws(StorageError) -> [Row] {
        try await connection.named("query") { () throws(StorageError) in
            switch self.phase.withLock({ $0 }) {
            case .created: return try await self.begin()
            case .cursor(let name, let batch): return try await self.fetch([], name, batch)
            case .stream(let exchange): return try await self.read(exchange)
            case .over: return []
            }
        }
    }

    func close() {
        let phase = phase.withLock { phase in
            defer { phase = .over }
            return phase
        }
        switch phase {
        case .created, .over: break
        case .cursor(let name, _): connection.hold.close(name, connection.serial)
        case .stream(let exchange):
            connection.hold.end(exchange)
            connection.hold.link.abandonRows(of: exchange)
            if exchange.standsAlone { connection.hold.link.giveUp(exchange) }
        }
    }

    private func begin() async throws(StorageError) -> [Row] {
        let statement = try PostgresStatement(sql)
        guard connection.level > 0, StatementText.isQuery(statement.text) else {
            return try await stream(statement)
        }
        let name = connection.hold.nextCursor()
        let declaration = PostgresStatement(
            text: "DECLARE \(name) NO SCROLL CURSOR FOR \(statement.text)",
            parameters: statement.parameters)
        return try await fetch([.init(work: .statement(declaration))], name, Self.firstBatch)
    }

    private func fetch(
        _ declaration: [PostgresExchange.Step], _ name: String, _ batch: Int
    ) async throws(StorageError) -> [Row] {
        let fetch = PostgresExchange.Step(
            work: .command("FETCH FORWARD \(batch) FROM \(name)"), demand: .upTo(batch))
        let result = try await connection.hold.run(
            declaration + [fetch], connection.serial, inTransaction: true)
        let next = min(batch * 4, Self.largestBatch)
        phase.withLock { $0 = .cursor(name, batch: next) }
        return try result.block.map { block throws(StorageError) in try form.rows(of: block) } ?? []
    }

    private func stream(_ statement: PostgresStatement) async throws(StorageError) -> [Row] {
        if Task.isCancelled { throw .cancelled() }
        let hold = connection.hold
        let standsAlone = connection.level == 0 && !hold.link.status.isInTransaction
        let exchange = PostgresExchange(
            [.init(work: .statement(statement), demand: .stream)], standsAlone: standsAlone,
            isShared: false)
        phase.withLock { $0 = .stream(exchange) }
        hold.submit(exchange, connection.serial)
        return try await read(exchange)
    }

    private func read(_ exchange: PostgresExchange) async throws(StorageError) -> [Row] {
        guard connection.hold.isInnermost(connection.serial) else {
            throw .rowsOutlivedTransaction
        }
        switch await connection.hold.link.nextRowsStoppably(of: exchange) {
        case .block(let block): return try form.rows(of: block)
        case .end(let reply):
            connection.hold.end(exchange)
            phase.withLock { $0 = .over }
            _ = try reply.result(
                of: exchange, at: exchange.steps.count - 1, mayBeApplied: exchange.standsAlone)
            return []
        }
    }
}

extension PostgresHold {
    /// Closes a cursor, unless it has gone with its transaction.
    fileprivate func close(_ cursor: String, _ serial: Int) {
        let close = PostgresExchange(
            [.init(work: .command("CLOSE \(cursor)"))], standsAlone: false, isShared: false)
        submit(close, serial)
    }
}

extension StorageError {
    fileprivate static var rowsOutlivedTransaction: StorageError {
        StorageError(
            code: .invalidState,
            message: "the transaction of these rows is over, or another one was opened inside it")
    }
}
