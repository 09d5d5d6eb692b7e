import StorageKit

/// Accounts and the transfers between them, on any relational store.
///
/// What must never be wrong is left to the database: a transfer is a transaction, a balance below
/// zero violates the table's check, and a transfer from or to nobody its foreign keys.
struct Ledger<Store: RelationalStore>: Sendable {
    let store: Store

    /// Moves money, or changes nothing.
    ///
    /// - Throws: ``StorageError/Code/constraintViolation`` when the payer has not enough.
    func transfer(_ transfer: Transfer) async throws {
        try await store.withTransaction { try await Self.record(transfer, on: $0) }
    }

    /// Moves money and asks for a fee, which may be refused without the transfer.
    ///
    /// - Returns: Whether the fee was paid.
    func transfer(_ transfer: Transfer, fee: Transfer) async throws -> Bool {
        try await store.withTransaction { transaction in
            try await Self.record(transfer, on: transaction)
            do {
                // A transaction inside a transaction: a savepoint.
                try await transaction.withTransaction { try await Self.record(fee, on: $0) }
                return true
            } catch let error as StorageError where error.code == .constraintViolation {
                return false
            }
        }
    }

    private static func record(
        _ transfer: Transfer, on connection: Store.Connection
    ) async throws(StorageError) {
        let (payer, payee, amount) = (transfer.payer, transfer.payee, transfer.amount)
        try await connection.execute(
            "UPDATE account SET balance = balance - \(amount) WHERE id = \(payer)")
        try await connection.execute(
            "UPDATE account SET balance = balance + \(amount) WHERE id = \(payee)")
        try await connection.execute(
            """
            INSERT INTO transfer (id, payer, payee, amount)
            VALUES (\(transfer.id), \(payer), \(payee), \(amount))
            """)
    }

    func accounts() async throws(StorageError) -> [Account] {
        try await store.query(
            "SELECT id, owner, balance FROM account ORDER BY id", as: Account.self, limit: 100)
    }

    /// The money of all accounts together.
    func total() async throws(StorageError) -> Int {
        try await store.first("SELECT sum(balance) FROM account", as: Int.self) ?? 0
    }

    /// A page of the transfers in order of their numbers, after the last one of the page before.
    func transfers(after id: Int?, limit: Int) async throws(StorageError) -> [Transfer] {
        try await store.query(
            """
            SELECT id, payer, payee, amount FROM transfer
            WHERE id > \(id ?? -1) ORDER BY id LIMIT \(limit)
            """, as: Transfer.self, limit: limit)
    }

    /// Who sent how much to whom: both ends of a transfer by name, by a join with each.
    func flows(limit: Int) async throws(StorageError) -> [(String, String, Int)] {
        try await store.query(
            """
            SELECT payer.owner, payee.owner, sum(transfer.amount) AS amount FROM transfer
            JOIN account AS payer ON payer.id = transfer.payer
            JOIN account AS payee ON payee.id = transfer.payee
            GROUP BY payer.owner, payee.owner ORDER BY amount DESC, 1, 2 LIMIT \(limit)
            """, as: (String, String, Int).self, limit: limit)
    }

    /// What the books say each account must hold: its opening balance and every transfer since,
    /// walked one by one.
    func recalculated(from opening: [Int: Int]) async throws(StorageError) -> [Int: Int] {
        var balances = opening
        let rows = store.query(
            "SELECT payer, payee, amount FROM transfer", as: (Int, Int, Int).self)
        for try await (payer, payee, amount) in rows {
            balances[payer, default: 0] -= amount
            balances[payee, default: 0] += amount
        }
        return balances
    }
}
