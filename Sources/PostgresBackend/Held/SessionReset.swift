internal import StorageKit

extension PostgresExchange {
    /// What makes a session as it was when it was opened, prepared statements apart: the parts of
    /// `DISCARD ALL` without `DEALLOCATE ALL` (PostgreSQL's manual, DISCARD).
    static var sessionReset: PostgresExchange {
        let commands = [
            "CLOSE ALL", "SET SESSION AUTHORIZATION DEFAULT", "RESET ALL", "UNLISTEN *",
            "SELECT pg_catalog.pg_advisory_unlock_all()", "DISCARD TEMP", "DISCARD SEQUENCES",
        ]
        return .commands(commands, isEssential: true)
    }

    /// Commands that nobody need wait for.
    ///
    /// - Parameters:
    ///   - standsAlone: Whether no transaction is open around them.
    ///   - isEssential: Whether the connection is given up when they fail.
    static func commands(
        _ commands: [String], standsAlone: Bool = true, isEssential: Bool = false
    ) -> PostgresExchange {
        PostgresExchange(
            commands.map { .init(work: .command($0)) }, standsAlone: standsAlone, isShared: false,
            isEssential: isEssential)
    }
}

extension PostgresDatabase {
    /// Throws where a session may be somebody else's after each transaction.
    func checkSessions() throws(StorageError) {
        guard configuration.reset == .never else { return }
        throw StorageError(
            code: .unsupported,
            message: "this needs a session of its own, and with reset = .never sessions are taken "
                + "for a pooler's, which lends them for a transaction; use a configuration that "
                + "resets, and an address without the pooler")
    }
}
