internal import StorageKit
internal import Synchronization

/// What a COPY to us sends, in pieces; a connection is held from the first one to the last.
///
/// A COPY of a statement that writes has a transaction around it, which is committed when the last
/// piece has been fetched and rolled back when the reader leaves before.
final class PostgresCopyOut: ResultSource {
    typealias Row = [UInt8]

    /// Where it is asked for.
    enum Place: Sendable {
        case database(PostgresDatabase)
        case connection(PostgresHeldConnection)
    }

    private struct Run {
        let connection: PostgresHeldConnection
        let exchange: PostgresExchange
        /// Whether the connection was taken for it alone.
        let isOwner: Bool
        /// Whether a transaction is to be ended.
        let writes: Bool

        var link: PostgresLink { connection.hold.link }
    }

    private enum Phase {
        case created
        case running(Run)
        case over
    }

    private let place: Place
    private let sql: SQL
    private let phase = Mutex(Phase.created)

    init(_ sql: SQL, from place: Place) {
        self.place = place
        self.sql = sql
    }

    func nextBatch() async throws(StorageError) -> [[UInt8]] {
        switch place {
        case .database(let database):
            try await database.named("copyOut") { () throws(StorageError) in
                try await self.nextChunk()
            }
        case .connection(let connection):
            try await connection.named("copyOut") { () throws(StorageError) in
                try await self.nextChunk()
            }
        }
    }

    func close() {
        guard let run = takeRun() else { return }
        run.link.abandonRows(of: run.exchange)
        run.connection.hold.end(run.exchange)
        guard run.isOwner else {
            // In a transaction it would be the transaction that is stopped.
            if run.exchange.standsAlone { run.link.giveUp(run.exchange) }
            return
        }
        run.link.giveUp(run.exchange)
        if run.writes { run.link.submit(.rollback) }
        run.connection.hold.database.pool.release(run.link)
    }

    private func takeRun() -> Run? {
        phase.withLock { phase in
            defer { phase = .over }
            guard case .running(let run) = phase else { return nil }
            return run
        }
    }

    private func nextChunk() async throws(StorageError) -> [[UInt8]] {
        switch phase.withLock({ $0 }) {
        case .created: try await read(begin())
        case .running(let run): try await read(run)
        case .over: []
        }
    }

    private func begin() async throws(StorageError) -> Run {
        let statement = try PostgresStatement(sql)
        guard StatementText.firstWord(of: statement.text) == "COPY", statement.parameters.count == 0
        else { throw .noCopy(statement.text) }
        if Task.isCancelled { throw .cancelled() }
        let run = try await begin(statement.text)
        phase.withLock { $0 = .running(run) }
        run.connection.hold.submit(run.exchange, run.connection.serial)
        return run
    }

    private func begin(_ text: String) async throws(StorageError) -> Run {
        switch place {
        case .connection(let connection):
            let isAlone = connection.level == 0 && !connection.hold.link.status.isInTransaction
            return Run(
                connection: connection, exchange: .copyOut(text, standsAlone: isAlone),
                isOwner: false, writes: false)
        case .database(let database):
            let writes = StatementText.copyMayChange(text)
            let hold = PostgresHold(database, try await database.pool.lease())
            let connection = PostgresHeldConnection(
                hold: hold, serial: try hold.enter(from: nil, writes ? ["BEGIN"] : []), level: 0,
                access: .readWrite, isolation: nil)
            return Run(
                connection: connection, exchange: .copyOut(text, standsAlone: !writes),
                isOwner: true, writes: writes)
        }
    }

    private func read(_ run: Run) async throws(StorageError) -> [[UInt8]] {
        guard run.connection.hold.isInnermost(run.connection.serial) else {
            throw .copyOutlivedTransaction
        }
        switch await run.link.nextRowsStoppably(of: run.exchange) {
        case .block(let block): return [block.copied]
        case .end(let reply):
            run.connection.hold.end(run.exchange)
            _ = try reply.result(of: run.exchange, at: 0, mayBeApplied: false)
            try await end(run)
            return []
        }
    }

    private func end(_ run: Run) async throws(StorageError) {
        if run.writes {
            let (exchange, reply) = await run.connection.hold.runShielded(["COMMIT"])
            _ = try reply.result(of: exchange, at: 0)
        }
        if takeRun() != nil, run.isOwner { run.connection.hold.database.pool.release(run.link) }
    }
}

extension PostgresExchange {
    fileprivate static func copyOut(_ text: String, standsAlone: Bool) -> PostgresExchange {
        PostgresExchange(
            [.init(work: .copy(text), demand: .stream)], standsAlone: standsAlone, isShared: false)
    }
}

extension RowBlock {
    /// What COPY sent: each row is one value, with whatever ends it in the format asked for.
    fileprivate var copied: [UInt8] {
        var bytes: [UInt8] = []
        for row in 0..<rowCount {
            if let value = self.bytes(at: row) {
                bytes.append(contentsOf: value)
            }
        }
        return bytes
    }
}

extension StorageError {
    fileprivate static func noCopy(_ statement: String) -> StorageError {
        StorageError(
            code: .invalidArgument,
            message:
                "copyOut takes a COPY … TO STDOUT without parameters, which COPY does not have; "
                + "copy a view, or a temporary table",
            statement: statement)
    }

    fileprivate static var copyOutlivedTransaction: StorageError {
        StorageError(
            code: .invalidState,
            message: "the transaction of this copy is over, or another one was opened inside it")
    }
}
