/// Somebody's money, in cents; never below zero, which the table forbids.
struct Account: Codable, Hashable, Sendable {
    var id: Int
    var owner: String
    var balance: Int

    /// The accounts that a ledger is opened with.
    static let opening =
        ["Ada", "Blaise", "Carl", "Dorothy", "Emmy", "Felix", "Grace", "Hypatia"]
        .enumerated()
        .map { Account(id: $0.offset + 1, owner: $0.element, balance: 100_00) }
}
