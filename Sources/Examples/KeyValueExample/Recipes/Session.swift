/// Somebody who has signed in, as it is stored: JSON.
struct Session: Codable, Equatable, Sendable {
    /// Who it is.
    var userID: Int
    /// What may be done in this session.
    var roles: [String]
}
