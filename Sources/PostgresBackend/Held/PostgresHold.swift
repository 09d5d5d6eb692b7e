internal import StorageKit
internal import Synchronization

/// A connection while one task has it: how deep transactions are nested, and what is to be sent
/// before the next statement.
///
/// ```
///  withConnection   0 ──▶ withTransaction 1 ──▶ withTransaction 2 (savepoint) …
///                     ◀── COMMIT or ROLLBACK ─┘◀── RELEASE or ROLLBACK TO ──┘
/// ```
///
/// Only the innermost connection may be used.
///
/// `BEGIN` and `SAVEPOINT` are not sent by themselves: they go with the first statement, in the
/// same round trip, and not at all when there is none. That changes nothing, as a transaction of
/// PostgreSQL's sees the database as it is at its first statement.
final class PostgresHold: Sendable {
    private struct State {
        /// One for each connection that a body was given and is not over yet, from the outside.
        var serials: [Int] = []
        var lastSerial = 0
        /// What begins transactions that have sent nothing yet, from the outside.
        var unsent: [(serial: Int, command: String)] = []
        /// Rows that are on their way, on which every other statement would wait.
        var walk: PostgresExchange?
        var changesSession = false
        var cursors = 0
    }

    let database: PostgresDatabase
    let link: PostgresLink
    private let state = Mutex(State())

    init(_ database: PostgresDatabase, _ link: PostgresLink) {
        self.database = database
        self.link = link
    }

    // MARK: Levels

    /// Begins a level inside the one with this serial, or the first one.
    ///
    /// - Parameter commands: What the server is told before the first statement.
    /// - Returns: The serial of the new one.
    func enter(from serial: Int?, _ commands: [String]) throws(StorageError) -> Int {
        try state.withLock { state throws(StorageError) in
            if let serial { try Self.check(serial, state) }
            state.lastSerial += 1
            state.serials.append(state.lastSerial)
            for command in commands { state.unsent.append((state.lastSerial, command)) }
            return state.lastSerial
        }
    }

    /// Ends a level, and those inside.
    ///
    /// - Returns: Whether the server knows of it, so that it has to be told.
    func exit(_ serial: Int) -> Bool {
        let (walk, isKnown) = state.withLock { state in
            guard let index = state.serials.firstIndex(of: serial) else {
                return (PostgresExchange?.none, false)
            }
            state.serials.removeSubrange(index...)
            let isKnown = !state.unsent.contains { $0.serial == serial }
            state.unsent.removeAll { $0.serial >= serial }
            return (state.walk.take(), isKnown)
        }
        if let walk { link.abandonRows(of: walk) }
        return isKnown
    }

    /// Whether the level is the one to be used.
    func isInnermost(_ serial: Int) -> Bool { state.withLock { $0.serials.last == serial } }

    /// Whether the level is not over.
    func isPresent(_ serial: Int) -> Bool { state.withLock { $0.serials.contains(serial) } }

    private static func check(_ serial: Int, _ state: State) throws(StorageError) {
        if state.serials.last != serial {
            throw state.serials.contains(serial) ? .nestedTransactionOpen : .transactionOver
        }
        if state.walk != nil { throw .rowsUnderWay }
    }

    // MARK: Statements

    /// Runs statements on the connection, if it is this level's turn.
    func run(
        _ steps: [PostgresExchange.Step], _ serial: Int, inTransaction: Bool
    ) async throws(StorageError) -> PostgresExchange.Result {
        let results = try await runAll(steps, serial, inTransaction: inTransaction)
        return results[results.count - 1]
    }

    /// Runs statements on the connection, if it is this level's turn.
    ///
    /// - Returns: The result of each.
    func runAll(
        _ steps: [PostgresExchange.Step], _ serial: Int, inTransaction: Bool
    ) async throws(StorageError) -> [PostgresExchange.Result] {
        if Task.isCancelled { throw .cancelled() }
        let standsAlone = !inTransaction && !link.status.isInTransaction
        let exchange = PostgresExchange(steps, standsAlone: standsAlone, isShared: false)
        let reply = await link.run(exchange) { submit($0, serial) }
        let results = try reply.results(
            of: exchange, last: steps.count,
            mayBeApplied: standsAlone || !inTransaction && exchange.commits)
        if results.contains(where: { $0.tag?.changesSession == true }) {
            state.withLock { $0.changesSession = true }
        }
        return results
    }

    /// Sends an exchange, with what has to be sent first, if it is this level's turn.
    ///
    /// The lock is held until the link has it: child tasks of the body may send at the same time,
    /// and whoever takes the beginning of the transaction has to come first.
    func submit(_ exchange: PostgresExchange, _ serial: Int) {
        state.withLock { state in
            do throws(StorageError) {
                try Self.check(serial, state)
                let unsent = state.unsent.map(\.command)
                if exchange.needsLinkAlone, !unsent.isEmpty {
                    link.submit(.commands(unsent, standsAlone: false))
                } else {
                    exchange.prepend(unsent)
                }
                state.unsent = []
                if exchange.stream != nil { state.walk = exchange }
                link.submit(exchange)
            } catch {
                link.refuse(exchange, error)
            }
        }
    }

    /// Sends commands and waits for them, whatever becomes of the task.
    func runShielded(_ commands: [String]) async -> (PostgresExchange, ExchangeReply) {
        let exchange = PostgresExchange(
            commands.map { .init(work: .command($0)) }, standsAlone: false, isShared: false)
        return (exchange, await link.runShielded(exchange))
    }

    /// A name for a cursor; the same ones in each hold, so that their statements are prepared.
    func nextCursor() -> String {
        state.withLock { state in
            state.cursors += 1
            return "storagekit_cursor_\(state.cursors)"
        }
    }

    /// Rows that were on their way are over, or nobody wants them.
    func end(_ walk: PostgresExchange) {
        state.withLock { if $0.walk === walk { $0.walk = nil } }
    }

    // MARK: The end

    /// Leaves the connection as it was found and gives it back.
    ///
    /// - Parameter resets: Whether the session may have been changed.
    func leave(resets: Bool) async {
        let (walk, changesSession) = state.withLock { state in
            state.serials = []
            state.unsent = []
            return (state.walk.take(), state.changesSession)
        }
        if let walk {
            link.abandonRows(of: walk)
            if walk.standsAlone { link.giveUp(walk) }
        }
        if link.status != .idle { _ = await link.runShielded(.rollback) }
        if resets || changesSession, database.configuration.reset == .whenNeeded {
            link.submit(.sessionReset)
        }
        database.pool.release(link)
    }
}

extension StorageError {
    fileprivate static var rowsUnderWay: StorageError {
        StorageError(
            code: .invalidState,
            message: "rows are on their way on this connection, and a statement would have to wait "
                + "for their end; walk them in a transaction, or fetch them with a limit first")
    }
}
