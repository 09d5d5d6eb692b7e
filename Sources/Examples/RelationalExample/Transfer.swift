/// Money that went from one account to another, in cents.
struct Transfer: Codable, Hashable, Sendable {
    var id: Int
    var payer: Int
    var payee: Int
    var amount: Int
}
