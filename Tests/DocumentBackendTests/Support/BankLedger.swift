import DocumentBackend
import StorageKit
import Synchronization
import TestSupport
import Testing

/// Transfers between a few accounts, each a transaction, to be compared with what is there after a
/// fault.
///
/// A transfer changes two accounts and writes an entry with an identifier that nobody else uses. If
/// one ever happened in part, or twice, the balances would not be what the entries add up to.
final class BankLedger: Sendable {
    private struct State {
        var acknowledged: Set<String> = []
        var refused: Set<String> = []
        var errors: [StorageError] = []
        var instants: [ContinuousClock.Instant] = []
        var isOver = false
    }

    private static let accountCount = 4
    private let state = Mutex(State())
    private let database: MongoDatabase
    private let accounts: DocumentCollection<MongoDatabase, Document>
    private let entries: DocumentCollection<MongoDatabase, Document>

    /// Makes the accounts.
    init(_ database: MongoDatabase) async throws {
        self.database = database
        accounts = DocumentCollection("accounts", in: database)
        entries = DocumentCollection("entries", in: database)
        try await accounts.insert(
            contentsOf: (0..<Self.accountCount).map {
                ["_id": .int64(Int64($0)), "balance": .int64(0)]
            })
        // Collections are made before, so that no transaction has to.
        try await entries.insert(["_id": "first", "from": .int64(0), "to": .int64(0)])
    }

    /// Has clerks transfer until the body returns.
    func record(clerks: Int = 6, while body: () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<clerks { group.addTask { await self.work("c\(number)") } }
            defer { state.withLock { $0.isOver = true } }
            try await body()
        }
    }

    /// What went wrong, in the order it did.
    var errors: [StorageError] { state.withLock(\.errors) }
    /// How many transfers were acknowledged.
    var acknowledged: Int { state.withLock(\.instants.count) }

    /// The longest time in which no transfer was acknowledged.
    var longestGap: Duration {
        state.withLock { state in
            zip(state.instants, state.instants.dropFirst()).map { $1 - $0 }.max() ?? .zero
        }
    }

    /// Waits until so many more transfers were acknowledged.
    func untilAcknowledged(more count: Int) async throws {
        let goal = acknowledged + count
        let isThere = try await Waiting.poll { () async throws -> Bool? in
            acknowledged >= goal ? true : nil
        }
        try #require(isThere == true, "no transfers any more: \(errors.suffix(3))")
    }

    /// Compares the balances with the entries, and the entries with what was said.
    func verify() async throws {
        let sure = database.with(readConcern: .majority)
        var balances: [Int64: Int64] = [:]
        var found: Set<String> = []
        for try await entry in entries.in(sure).find(.all) {
            guard case .string(let id)? = entry["_id"], case .int64(let from)? = entry["from"],
                case .int64(let to)? = entry["to"]
            else { throw TestFailure("an entry that nobody wrote") }
            found.insert(id)
            balances[from, default: 0] -= 1
            balances[to, default: 0] += 1
        }
        for try await account in accounts.in(sure).find(.all) {
            guard case .int64(let id)? = account["_id"] else { continue }
            #expect(account["balance"] == .int64(balances[id] ?? 0), "account \(id)")
        }
        let state = state.withLock { $0 }
        #expect(state.acknowledged.subtracting(found).isEmpty, "acknowledged and lost")
        #expect(state.refused.isDisjoint(with: found), "refused and applied")
        let hopeless = state.errors.filter { !$0.isRetryable }
        #expect(hopeless.isEmpty, "\(hopeless.prefix(3))")
    }

    private func work(_ clerk: String) async {
        var number = 0
        while !state.withLock(\.isOver) {
            let id = "\(clerk)-\(number)"
            number += 1
            let from = Int64.random(in: 0..<Int64(Self.accountCount))
            let to = (from + 1) % Int64(Self.accountCount)
            do {
                try await transfer(id, from, to)
                state.withLock { state in
                    state.acknowledged.insert(id)
                    state.instants.append(.now)
                }
            } catch let error as StorageError {
                state.withLock { state in
                    if !error.mayHaveBeenApplied { state.refused.insert(id) }
                    state.errors.append(error)
                }
            } catch {
                Issue.record("\(error)")
                return
            }
        }
    }

    private func transfer(_ id: String, _ from: Int64, _ to: Int64) async throws {
        try await database.withRetryingTransaction { [accounts, entries] transaction in
            for (account, change) in [(from, Int64(-1)), (to, 1)] {
                try await accounts.in(transaction).updateOne(
                    .field(.id, .equal(.int64(account))),
                    [.increment("balance", by: .int64(change))])
            }
            try await entries.in(transaction).insert(
                ["_id": .string(id), "from": .int64(from), "to": .int64(to)])
        }
    }
}
