import StorageKit

extension Ledger {
    /// Creates the tables, once.
    func createTables() async throws {
        try await store.withTransaction { transaction in
            try await transaction.execute(
                """
                CREATE TABLE IF NOT EXISTS account (
                    id INTEGER PRIMARY KEY,
                    owner TEXT NOT NULL UNIQUE,
                    balance INTEGER NOT NULL CHECK (balance >= 0)
                )
                """)
            try await transaction.execute(
                """
                CREATE TABLE IF NOT EXISTS transfer (
                    id INTEGER PRIMARY KEY,
                    payer INTEGER NOT NULL REFERENCES account,
                    payee INTEGER NOT NULL REFERENCES account,
                    amount INTEGER NOT NULL CHECK (amount > 0)
                )
                """)
        }
    }

    /// Empties the books and opens accounts, all or none.
    func open(_ accounts: [Account]) async throws {
        try await store.withTransaction { transaction in
            try await transaction.execute("DELETE FROM transfer")
            try await transaction.execute("DELETE FROM account")
            for account in accounts {
                try await transaction.execute(
                    """
                    INSERT INTO account (id, owner, balance)
                    VALUES (\(account.id), \(account.owner), \(account.balance))
                    """)
            }
        }
    }
}
