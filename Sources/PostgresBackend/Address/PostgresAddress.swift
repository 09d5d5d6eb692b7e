public import StorageKit

/// Where a PostgreSQL database is, and who asks: a connection URI or string of libpq's.
///
/// ```swift
/// let address = try PostgresAddress("postgresql://app@db.example.org/shop?sslmode=verify-full")
/// let database = PostgresDatabase(address)
/// ```
///
/// Everything that libpq knows may be in it (postgresql.org/docs/current/libpq-connect.html):
/// several hosts, `target_session_attrs`, the TLS modes and files, `channel_binding`. What is not
/// in it comes from the environment (`PGHOST`, `PGPASSWORD`, …), the service file and the password
/// file, as with every program that uses libpq. But `options` of a service give way to those that
/// ``PostgresConfiguration/statementTimeout`` and ``PostgresConfiguration/readRoute`` need.
public struct PostgresAddress: Hashable, Sendable {
    let options: ConnectionOptions

    /// Reads an address; connects to nothing.
    ///
    /// - Parameter text: A URI or a connection string.
    /// - Throws: ``StorageError/Code/invalidArgument`` for what libpq does not understand.
    public init(_ text: String) throws(StorageError) {
        options = try ConnectionOptions(parsing: text)
    }

    init(options: ConnectionOptions) { self.options = options }

    /// The same address with another role for the servers that it may be.
    ///
    /// - Parameter attributes: libpq's `target_session_attrs`: `read-write`, `prefer-standby`, ….
    public func targeting(_ attributes: String) -> PostgresAddress {
        var options = options
        options["target_session_attrs"] = attributes
        return PostgresAddress(options: options)
    }
}

extension PostgresAddress: CustomStringConvertible {
    /// The address as errors name it, without user and password: `postgres:127.0.0.1:5432/shop`.
    public var description: String {
        let host = options["host"] ?? options["hostaddr"] ?? "default"
        let port = options["port"].map { ":\($0)" } ?? ""
        let database = options["dbname"].map { "/\($0)" } ?? ""
        return "postgres:\(host)\(port)\(database)"
    }
}

extension PostgresAddress: CustomReflectable {
    /// The description alone: a dump shows no password.
    public var customMirror: Mirror { Mirror(self, children: ["address": description]) }
}
