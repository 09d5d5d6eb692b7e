/// Somebody's money, in cents; never below zero, which the table forbids.
struct Account: Codable, Hashable, Sendable {
    var id: Int
    var owner: String
    var balance: Int
}
