import ExampleSupport
import StorageKit

/// The example's scenes, in the order in which they are shown; each checks what it shows.
struct Scenes<Store: RelationalStore> {
    let ledger: Ledger<Store>
    /// What a commit is worth that was acknowledged.
    let durability: String
    let terminal: Terminal

    private var opening: [Account] { Account.opening }

    func all() async throws {
        try await openAccounts()
        try await transferConcurrently()
        try await violateConstraint()
        try await nest()
        try await join()
        try await walkPages()
        try await showPlan()
        try await audit()
    }

    private func openAccounts() async throws {
        terminal.title("Migrations", "each is applied once, whoever starts first")
        let migrations = try Migrations(Ledger<Store>.migrations)
        terminal.call(
            "before", "\(try await migrations.plan(on: ledger.store).pending.count) to apply")
        let applied = try await ledger.migrate()
        terminal.call("applied", applied.joined(separator: ", "))
        let again = try await ledger.migrate()
        terminal.call("applied by the next start", again.isEmpty ? "none" : "\(again)")
        try expect(again.isEmpty, "a migration is applied once")

        terminal.title("Accounts", "two tables; eight accounts in one transaction")
        try await ledger.open(opening)
        terminal.table(try await ledger.accounts().map { ($0.owner, euros($0.balance)) })
        try expect(try await ledger.total() == total, "the accounts hold \(euros(total))")
    }

    /// Whoever has not enough is refused by the table's check, in the middle of the transaction.
    private func transferConcurrently() async throws {
        terminal.title(
            "32 writers at once", "each transfer a transaction: two updates and an insert")
        let start = ContinuousClock.now
        let outcomes = try await withThrowingTaskGroup(of: (done: Int, refused: Int).self) {
            group in
            for writer in 0..<32 { group.addTask { try await transfers(of: writer) } }
            return try await group.reduce((0, 0)) { ($0.0 + $1.done, $0.1 + $1.refused) }
        }
        let time = start.duration(to: .now)
        terminal.call("transfers that were made", outcomes.0.grouped)
        terminal.call("refused, since the payer had not enough", outcomes.1.grouped)
        terminal.call("all accounts together", euros(try await ledger.total()))
        terminal.note("\(Terminal.milliseconds(time)) for all of them, \(durability)")
        try expect(outcomes.0 > 0 && outcomes.1 > 0, "some transfers are made and some refused")
        try expect(try await ledger.total() == total, "the total never changes")
        try expect(try await ledger.accounts().allSatisfy { $0.balance >= 0 }, "nobody is in debt")
    }

    private func transfers(of writer: Int) async throws -> (done: Int, refused: Int) {
        var (done, refused) = (0, 0)
        for number in 0..<25 {
            let id = writer * 25 + number
            let payer = id % 8
            let transfer = Transfer(
                id: id, payer: payer + 1, payee: (payer + 1 + id % 7) % 8 + 1,
                amount: 10_00 + id * 37 % 90_00)
            do {
                try await ledger.transfer(transfer)
                done += 1
            } catch let error as StorageError where error.code == .constraintViolation {
                refused += 1
            }
        }
        return (done, refused)
    }

    private func violateConstraint() async throws {
        terminal.title("A violated constraint", "the error says which, and nothing was changed")
        do {
            try await ledger.transfer(Transfer(id: 9_000, payer: 1, payee: 99, amount: 1))
            throw Unexpected(what: "a transfer to nobody must be refused")
        } catch let error as StorageError {
            terminal.note("\(error)")
            try expect(error.code == .constraintViolation, "it is a violated constraint")
        }
        try expect(try await ledger.total() == total, "the total never changes")
    }

    private func nest() async throws {
        terminal.title(
            "A transaction inside a transaction",
            "the fee is refused and undone, the transfer stays")
        let rich = try await ledger.accounts().max { $0.balance < $1.balance }
        guard let rich else { throw Unexpected(what: "there are accounts") }
        let payee = rich.id % 8 + 1
        let wasPaid = try await ledger.transfer(
            Transfer(id: 10_000, payer: rich.id, payee: payee, amount: 1_00),
            fee: Transfer(id: 10_001, payer: rich.id, payee: 99, amount: 1))
        let last = try await ledger.store.query(
            Transfers.all.filter { $0.id >= 10_000 }, limit: 10)
        terminal.call("the fee was paid", "\(wasPaid)")
        terminal.call("transfers in the books", "\(last.map(\.id))")
        try expect(!wasPaid && last.map(\.id) == [10_000], "only the transfer is in the books")
    }

    private func join() async throws {
        terminal.title("Who sent most to whom", "a join of the transfers with both accounts")
        let flows = try await ledger.flows(limit: 5)
        terminal.table(flows.map { ("\($0.0) to \($0.1)", euros($0.2 ?? 0)) })
        try expect(flows.count == 5, "there are five such pairs")
    }

    private func walkPages() async throws {
        terminal.title("Pages", "each begins after the last row of the one before")
        var page = try await ledger.transfers(after: nil, limit: 100)
        var (pages, seen) = (1, page.rows.map(\.id))
        while let next = page.next {
            page = try await ledger.transfers(after: next, limit: 100)
            (pages, seen) = (pages + 1, seen + page.rows.map(\.id))
        }
        terminal.call("pages of 100", "\(pages)")
        terminal.call("transfers on them", "\(seen.count)")
        try expect(seen == Set(seen).sorted(), "pages do not overlap")
        let count = try await ledger.store.count(Transfers.all)
        try expect(seen.count == count, "the pages hold every transfer once")
    }

    private func showPlan() async throws {
        terminal.title("A query plan", "the same question before and after an index")
        // Few transfers have the same amount: an index over most of them would not be used.
        let question = Transfers.all.filter { $0.amount == 12_35 }
        let before = try await plan(of: question)
        try await ledger.store.execute("CREATE INDEX transfer_amount ON transfer (amount)")
        let after = try await plan(of: question)
        terminal.call("without one", before)
        terminal.call("with one", after)
        try await ledger.store.execute("DROP INDEX transfer_amount")
        try expect(after.contains("transfer_amount"), "the index is used")
    }

    private func plan(of question: some TypedStatement) async throws -> String {
        try await ledger.store.explain(question).steps.map(\.text).joined(separator: "; ")
    }

    private func audit() async throws {
        terminal.title(
            "An audit", "all transfers one by one, never more of them in memory than a batch")
        let opening = Dictionary(uniqueKeysWithValues: opening.map { ($0.id, $0.balance) })
        let books = try await ledger.recalculated(from: opening)
        let accounts = try await ledger.accounts()
        terminal.chart(accounts.map { ($0.owner, $0.balance / 100) })
        try expect(
            accounts.allSatisfy { books[$0.id] == $0.balance }, "the books agree with the accounts")
        terminal.note("the books agree with the accounts")
    }

    private var total: Int { opening.map(\.balance).reduce(0, +) }

    private func euros(_ cents: Int) -> String {
        "\((cents / 100).grouped).\(cents % 100 < 10 ? "0" : "")\(cents % 100) €"
    }

    private func expect(_ holds: Bool, _ what: String) throws {
        try Unexpected.unless(holds, "not so: \(what)")
    }
}
