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
        // In the order of the accounts, whoever pays: of two transfers that lock the same rows in
        // different orders each would wait for the other, and a database end one of them.
        for (account, change) in [(payer, -amount), (payee, amount)].sorted(by: { $0.0 < $1.0 }) {
            try await connection.execute(
                "UPDATE account SET balance = balance + \(change) WHERE id = \(account)")
        }
        try await connection.execute(
            """
            INSERT INTO transfer (id, payer, payee, amount)
            VALUES (\(transfer.id), \(payer), \(payee), \(amount))
            """)
    }

    func accounts() async throws(StorageError) -> [Account] {
        try await store.query(Accounts.all.order { [$0.id.ascending] }, limit: 100)
    }

    /// The money of all accounts together.
    func total() async throws(StorageError) -> Int {
        let sum = try await store.first(Accounts.all.select { $0.balance.sum() })
        return (sum ?? nil) ?? 0
    }

    /// A page of the transfers in order of their numbers, behind the page before.
    func transfers(
        after cursor: KeysetCursor?, limit: Int
    ) async throws(StorageError) -> KeysetPage<Transfer> {
        try await store.page(Transfers.all, after: cursor, limit: limit)
    }

    /// Who sent how much to whom: both ends of a transfer by name, by a join with each.
    func flows(limit: Int) async throws(StorageError) -> [(String, String, Int?)] {
        let flows = Transfers.all
            .join(Accounts.self) { transfer, payer in transfer.payer == payer.id }
            .join(Accounts.self) { transfer, _, payee in transfer.payee == payee.id }
            .group { _, payer, payee in [payer.owner, payee.owner] }
            .order { transfer, payer, payee in
                [transfer.amount.sum().descending, payer.owner.ascending, payee.owner.ascending]
            }
            .select { transfer, payer, payee in
                (payer.owner, payee.owner, transfer.amount.sum())
            }
        return try await store.first(limit, of: flows)
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
