extension RedisAddress: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The address as a URL, fit for a log: the password is `***`.
    public var description: String { url(password: "***") }

    /// The same as ``description``: a debugger's output is copied into reports, too.
    public var debugDescription: String { description }

    /// Nothing of the address but its ``description``, so that `dump` withholds the password.
    public var customMirror: Mirror { Mirror(self, children: ["url": description]) }

    /// The address as a URL with the password in it: for handing on, not for a log.
    ///
    /// Reading it gives the same address again.
    public var urlRevealingPassword: String {
        url(password: credentials.map { PercentCoding.encode($0.password) } ?? "")
    }

    private func url(password: String) -> String {
        let user = credentials.map { credentials in
            let shown = credentials.password.isEmpty ? "" : password
            return PercentCoding.encode(credentials.username ?? "") + ":" + shown + "@"
        }
        switch endpoint {
        case .tcp(let host, let port):
            return "redis://" + (user ?? "") + Self.place(host, port) + path
        case .tls(let host, let port):
            return "rediss://" + (user ?? "") + Self.place(host, port) + path
        case .unix(let file):
            let file = PercentCoding.encode(file, allowing: "/")
            let query = database == 0 ? "" : "?db=\(database)"
            return "unix://" + (user ?? "") + file + query
        }
    }

    private var path: String { database == 0 ? "" : "/\(database)" }

    private static func place(_ host: String, _ port: Int) -> String {
        guard host.utf8.contains(UInt8(ascii: ":")) else { return "\(host):\(port)" }
        return "[\(PercentCoding.encode(host, allowing: ":"))]:\(port)"
    }
}

extension RedisAddress.Credentials: CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// The user, and `***` for the password.
    public var description: String { "\(username ?? ""):***" }

    /// The same as ``description``.
    public var debugDescription: String { description }

    /// Nothing but the ``description``, so that `dump` withholds the password.
    public var customMirror: Mirror { Mirror(self, children: ["credentials": description]) }
}
