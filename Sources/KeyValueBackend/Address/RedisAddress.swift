public import StorageKit

/// Where a Redis or Valkey server is, who calls it, and which of its databases is meant.
///
/// ```swift
/// let cache = try RedisAddress("rediss://app:s3cret@cache.example.com/2")
/// let local = try RedisAddress(.tcp(host: "::1"), database: 1)
/// ```
///
/// | part | forms |
/// |---|---|
/// | scheme | `redis`, `valkey` for TCP, `rediss`, `valkeys` for TLS |
/// | | `unix`, `redis+unix`, `redis-socket` for a socket file |
/// | user and password | `user:password@`, `:password@`; `user:@` for a user who needs none |
/// | host | a name, an IPv4 address, an IPv6 address in brackets |
/// | port | 6379 where there is none |
/// | database | `/2` or `?db=2`; of a socket file `?db=2` |
/// | password | `?password=` too, as the registration of the scheme has it |
///
/// User, password and the path of a socket file are percent-decoded: write `%40` for `@`, `%3A` for
/// `:`, `%2F` for `/`, `%3F` for `?`, `%23` for `#`, `%25` for `%`.
///
/// What clients read differently is refused, so that it never means something else than it did
/// elsewhere: `redis://name@host`, which is a password to `redis-cli` and Lettuce and a user to
/// redis-py and node-redis; a missing host; a database that is said twice; an option other than
/// `db` and `password`.
///
/// ``description`` withholds the password, and so do debuggers and `dump`.
public struct RedisAddress: Hashable, Sendable {
    /// How to reach the server.
    public let endpoint: Endpoint
    /// Who is calling; `nil` for a server that does not ask.
    public let credentials: Credentials?
    /// The number of the database that commands apply to, 0 unless chosen.
    public let database: Int

    /// The port of a server that was told no other.
    public static let defaultPort = 6379

    /// A server on this machine, on the usual port: `redis://127.0.0.1:6379`.
    public static let local = RedisAddress(
        unchecked: .tcp(host: "127.0.0.1"), credentials: nil, database: 0)

    /// Creates an address from its parts.
    ///
    /// - Throws: ``StorageError/Code/invalidArgument`` when the host is neither a name nor an IP
    ///   address, the port not between 1 and 65535, the path not absolute, the database negative,
    ///   or neither a user nor a password in the credentials.
    public init(
        _ endpoint: Endpoint, credentials: Credentials? = nil, database: Int = 0
    ) throws(StorageError) {
        try Self.check(endpoint)
        guard database >= 0 else { throw .address("the database's number is negative") }
        if let credentials, credentials.isEmpty {
            throw .address(
                "user and password are empty; give a password, or no credentials at all")
        }
        self.init(unchecked: endpoint, credentials: credentials, database: database)
    }

    /// Reads an address in the form of a URL.
    ///
    /// - Parameter url: For example `redis://:password@localhost:6379/1`.
    /// - Throws: ``StorageError/Code/invalidArgument``; its message quotes nothing of the URL, for
    ///   a password may stand where none belongs.
    public init(_ url: String) throws(StorageError) {
        self = try RedisAddressParser.parse(url)
    }

    init(unchecked endpoint: Endpoint, credentials: Credentials?, database: Int) {
        self.endpoint = endpoint
        self.credentials = credentials
        self.database = database
    }
}

extension RedisAddress {
    /// How a server is reached.
    public enum Endpoint: Hashable, Sendable {
        /// Over TCP, in the clear.
        ///
        /// - Parameters:
        ///   - host: A name, or an IP address; one of version 6 without brackets.
        ///   - port: From 1 to 65535.
        case tcp(host: String, port: Int = RedisAddress.defaultPort)
        /// Over TCP with TLS; the server has to prove its name, see ``RedisTLSOptions``.
        ///
        /// - Parameters:
        ///   - host: A name, or an IP address; one of version 6 without brackets.
        ///   - port: From 1 to 65535.
        case tls(host: String, port: Int = RedisAddress.defaultPort)
        /// Through a socket file of this machine, by its absolute path.
        case unix(path: String)
    }
}

extension RedisAddress {
    /// Who is calling.
    public struct Credentials: Hashable, Sendable {
        /// The user of the server's access control list; `nil` for its user `default`.
        public let username: String?
        /// The password; empty for a user who needs none.
        public let password: String

        /// Creates credentials.
        ///
        /// - Parameters:
        ///   - username: The user; `nil` or empty for the user `default`.
        ///   - password: The password.
        public init(username: String? = nil, password: String) {
            self.username = username == "" ? nil : username
            self.password = password
        }

        var isEmpty: Bool { username == nil && password.isEmpty }
    }
}

extension StorageError {
    /// The error for an address that cannot be right; the message must quote nothing of it.
    static func address(_ message: String) -> StorageError {
        StorageError(code: .invalidArgument, message: "address of Redis: \(message)")
    }
}
