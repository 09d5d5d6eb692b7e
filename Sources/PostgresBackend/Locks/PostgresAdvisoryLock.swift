internal import StorageKit
internal import Synchronization

/// A lock that a session holds, and the connection of that session.
final class PostgresAdvisoryLock: Sendable {
    private let key: AdvisoryLockKey
    private let link: PostgresLink
    private let pool: PostgresPool
    private let isReleased = Atomic<Bool>(false)

    private init(_ key: AdvisoryLockKey, _ link: PostgresLink, _ pool: PostgresPool) {
        self.key = key
        self.link = link
        self.pool = pool
    }

    /// Takes a lock, and gives the connection back when it is not to be had.
    static func acquire(
        _ key: AdvisoryLockKey, _ patience: Duration, on link: PostgresLink, of pool: PostgresPool
    ) async throws(StorageError) -> PostgresAdvisoryLock {
        let lock = PostgresAdvisoryLock(key, link, pool)
        do throws(StorageError) {
            let milliseconds = patience.nanoseconds / 1_000_000
            let isHeld =
                milliseconds > 0
                ? try await lock.wait(for: milliseconds)
                : try await lock.ask("SELECT pg_catalog.pg_try_advisory_lock(\(key.number))")
            guard isHeld else { throw .lockBusy(key, after: patience) }
            if Task.isCancelled { throw .cancelled() }
            return lock
        } catch {
            // "Once acquired at session level, an advisory lock is held until explicitly released
            // or the session ends": also by a statement that was stopped after it had the lock.
            link.submit(.sessionReset)
            if error.code == .unavailable { link.close() } else { pool.release(link) }
            throw error
        }
    }

    /// Gives the lock back, whatever becomes of the task, and the connection; once.
    ///
    /// - Returns: Whether the lock was held until now.
    func release() async -> Bool {
        guard !isReleased.exchange(true, ordering: .relaxed) else { return false }
        guard await giveBack() else {
            // It is lost, or soon will be: nobody else is to be given it.
            link.close()
            return false
        }
        pool.release(link)
        return true
    }

    private func giveBack() async -> Bool {
        do throws(StorageError) {
            let exchange = try PostgresExchange.asking([
                "SELECT pg_catalog.pg_advisory_unlock(\(key.number))"
            ])
            return try await link.runShielded(exchange).answer(to: exchange)
        } catch {
            return false
        }
    }

    /// Waits at the server.
    ///
    /// - Returns: Whether it has the lock.
    private func wait(for milliseconds: Int64) async throws(StorageError) -> Bool {
        // The server counts with 32 bits; 24 days are as good as for ever.
        let limit = min(milliseconds, Int64(Int32.max))
        do throws(StorageError) {
            // Both are one transaction, to the end of which the settings hold.
            return try await ask(
                patience: .milliseconds(limit),
                """
                SELECT pg_catalog.set_config('lock_timeout', \("\(limit)"), true) IS NOT NULL
                    AND pg_catalog.set_config('statement_timeout', '0', true) IS NOT NULL
                """, "SELECT pg_catalog.pg_advisory_lock(\(key.number)) IS NOT NULL")
        } catch  where error.native?.name == "55P03" {
            return false
        }
    }

    /// What the last of some statements says.
    private func ask(
        patience: Duration = .zero, _ statements: SQL...
    ) async throws(StorageError) -> Bool {
        if Task.isCancelled { throw .cancelled() }
        let exchange = try PostgresExchange.asking(statements)
        exchange.patience = patience
        return try await link.run(exchange) { link.submit($0) }.answer(to: exchange)
    }
}

extension PostgresExchange {
    /// Statements of which each gives one row.
    fileprivate static func asking(_ statements: [SQL]) throws(StorageError) -> PostgresExchange {
        var steps: [Step] = []
        for statement in statements {
            let work = Step.Work.statement(try PostgresStatement(statement))
            steps.append(Step(work: work, demand: .first))
        }
        return PostgresExchange(steps, standsAlone: false, isShared: false)
    }
}

extension ExchangeReply {
    /// What the last statement says: yes or no.
    fileprivate func answer(to exchange: PostgresExchange) throws(StorageError) -> Bool {
        let result = try result(of: exchange, at: exchange.steps.count - 1, mayBeApplied: false)
        guard let block = result.block else { return false }
        return try PostgresRowForm<Bool>.codable().rows(of: block).first == true
    }
}
