/// Somebody's money, in cents. No account is ever below zero: the table forbids it.
struct Account: Codable, Hashable, Sendable {
    var id: Int
    var owner: String
    var balance: Int
}
