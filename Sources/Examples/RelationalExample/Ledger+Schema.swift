import StorageKit

extension Ledger {
    /// The history of the tables.
    static var migrations: [Migration] {
        [
            Migration(
                "create-account",
                """
                CREATE TABLE account (
                    id INTEGER PRIMARY KEY,
                    owner TEXT NOT NULL UNIQUE,
                    balance INTEGER NOT NULL CHECK (balance >= 0)
                )
                """),
            Migration(
                "create-transfer",
                """
                CREATE TABLE transfer (
                    id INTEGER PRIMARY KEY,
                    payer INTEGER NOT NULL REFERENCES account,
                    payee INTEGER NOT NULL REFERENCES account,
                    amount INTEGER NOT NULL CHECK (amount > 0)
                )
                """),
        ]
    }

    /// Brings the tables to the present, from wherever they are.
    ///
    /// - Returns: The migrations that were applied.
    func migrate() async throws -> [String] {
        try await Migrations(Self.migrations).apply(to: store)
    }

    /// Empties the books and opens accounts, all or none.
    func open(_ accounts: [Account]) async throws {
        try await store.withTransaction { transaction in
            try await transaction.execute(Transfers.deleteEveryRow())
            try await transaction.execute(Accounts.deleteEveryRow())
            try await transaction.execute(Accounts.insert(accounts))
        }
    }
}
