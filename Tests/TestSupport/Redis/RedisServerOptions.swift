/// How a private Redis server is to be.
package struct RedisServerOptions: Sendable {
    /// What the server shows and asks for when it speaks TLS.
    package struct TLS: Sendable {
        package var identity: TestCertificates.Identity
        /// The file of the authority that a client's certificate must come from; `nil` asks for
        /// none.
        package var clientAuthority: String?

        package init(identity: TestCertificates.Identity, clientAuthority: String? = nil) {
            self.identity = identity
            self.clientAuthority = clientAuthority
        }
    }

    /// The password of the default user (`requirepass`).
    package var password: String?
    /// Further users as in an ACL file: `worker on >secret ~app:* +get`.
    package var users: [String] = []
    /// The limit of its memory, and what it does when that is reached.
    package var memoryLimitBytes: Int?
    package var evictionPolicy = "noeviction"
    /// Whether each write is on the disk before it is acknowledged; otherwise nothing ever is.
    package var isDurable = false
    /// The port speaks TLS and nothing else.
    package var tls: TLS?
    /// Further lines of the configuration file, after all others.
    package var lines: [String] = []

    package init() {}

    func configuration(port: UInt16, folder: TemporaryFolder, control: String) -> String {
        var lines = [
            "bind 127.0.0.1", "dir \(folder.path)", "save \"\"", "daemonize no", "logfile \"\"",
            "unixsocket \(folder.file("redis.sock"))", "unixsocketperm 700",
            "user control on >\(control) ~* &* +@all",
            "appendonly \(isDurable ? "yes" : "no")", "appendfsync always",
        ]
        lines += tls.map { Self.lines(of: $0, port: port) } ?? ["port \(port)"]
        lines += users.map { "user \($0)" }
        if let password { lines.append("requirepass \(password)") }
        if let memoryLimitBytes {
            lines += ["maxmemory \(memoryLimitBytes)", "maxmemory-policy \(evictionPolicy)"]
        }
        return (lines + self.lines).map { $0 + "\n" }.joined()
    }

    private static func lines(of tls: TLS, port: UInt16) -> [String] {
        [
            "port 0", "tls-port \(port)", "tls-cert-file \(tls.identity.certificate)",
            "tls-key-file \(tls.identity.key)",
            "tls-ca-cert-file \(tls.clientAuthority ?? tls.identity.certificate)",
            "tls-auth-clients \(tls.clientAuthority == nil ? "no" : "yes")",
        ]
    }
}
