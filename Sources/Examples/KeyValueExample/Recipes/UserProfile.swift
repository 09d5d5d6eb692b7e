import StorageKit

/// Who a user is: what is dear to look up elsewhere and worth keeping at hand.
struct UserProfile: Equatable, Sendable {
    /// What to call the user.
    var name: String
    /// Where to write to.
    var email: String

    init(name: String, email: String) {
        self.name = name
        self.email = email
    }

    /// Creates a profile from the fields of a hash, `nil` when one is missing.
    init?(fields: [ByteString: ByteString]) {
        guard let name = fields["name"]?.string, let email = fields["email"]?.string else {
            return nil
        }
        self.init(name: name, email: email)
    }

    /// The fields of its hash.
    var fields: [ByteString: ByteString] {
        ["name": ByteString(name), "email": ByteString(email)]
    }
}
