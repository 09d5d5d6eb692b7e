internal import StorageKit

/// Reads the URL forms of ``RedisAddress``.
///
/// It cuts as RFC 3986 does (`scheme://authority/path?query`), but not at characters: a combining
/// mark after a delimiter makes one character of both, so everything here is done on UTF-8. No
/// message quotes the URL.
enum RedisAddressParser {
    static func parse(_ url: String) throws(StorageError) -> RedisAddress {
        guard let (scheme, afterScheme) = url[...].cut(at: "://"),
            let kind = Kind(scheme: scheme)
        else { throw .address("it has to begin with redis://, rediss:// or unix://") }
        guard !afterScheme.utf8.contains(UInt8(ascii: "#")) else {
            throw .address("it contains a #; write %23 where user, password or path have one")
        }
        let (hierarchy, query) = afterScheme.cut(at: "?") ?? (afterScheme, "")
        let (authority, path) = hierarchy.cutBefore("/")
        let (userInfo, place) = authority.cutAtLast("@") ?? (nil, authority)
        var options = try Options(query)
        let credentials = try credentials(userInfo, passwordOption: options.password)
        let endpoint = try endpoint(kind, place: place, path: path)
        if kind != .unix { try options.addDatabase(ofPath: path) }
        return try RedisAddress(
            endpoint, credentials: credentials, database: options.database ?? 0)
    }

    /// What the scheme stands for.
    private enum Kind {
        case tcp, tls, unix

        init?(scheme: Substring) {
            switch scheme.lowercased() {
            case "redis", "valkey": self = .tcp
            case "rediss", "valkeys": self = .tls
            // redis-py; the registration of URI::redis; Lettuce.
            case "unix", "redis+unix", "redis-socket": self = .unix
            default: return nil
            }
        }
    }

    // MARK: Who

    private static func credentials(
        _ userInfo: Substring?, passwordOption: String?
    ) throws(StorageError) -> RedisAddress.Credentials? {
        guard let userInfo else {
            return passwordOption.map { RedisAddress.Credentials(password: $0) }
        }
        guard passwordOption == nil else {
            throw .address("it says the password twice; leave out ?password=")
        }
        guard let (user, password) = userInfo.cut(at: ":") else {
            throw .address(
                "some clients take a name before the @ for a user, others for a password; write "
                    + "user:password@, or :password@")
        }
        return .init(
            username: try decode(user, "the user"), password: try decode(password, "the password"))
    }

    // MARK: Where

    private static func endpoint(
        _ kind: Kind, place: Substring, path: Substring
    ) throws(StorageError) -> RedisAddress.Endpoint {
        switch kind {
        case .tcp:
            let (host, port) = try hostAndPort(place)
            return .tcp(host: host, port: port)
        case .tls:
            let (host, port) = try hostAndPort(place)
            return .tls(host: host, port: port)
        case .unix:
            guard place.isEmpty else {
                throw .address("a socket file has no host; write unix:/// and the absolute path")
            }
            return .unix(path: try decode(path, "the path of the socket file"))
        }
    }

    private static func hostAndPort(
        _ place: Substring
    ) throws(StorageError) -> (host: String, port: Int) {
        if place.utf8.first == UInt8(ascii: "[") {
            guard let (host, rest) = place.dropFirstByte.cut(at: "]") else {
                throw .address("the bracket around the IPv6 address is not closed")
            }
            return (try version6(host), try port(rest))
        }
        let (host, rest) = place.cutBefore(":")
        return (String(host), try port(rest))
    }

    private static func version6(_ text: Substring) throws(StorageError) -> String {
        // RFC 6874: the zone comes after an encoded percent sign.
        let host = try decode(text, "the IPv6 address")
        guard IPAddress.isVersion6(host) else {
            throw .address("what stands in the brackets is no IPv6 address")
        }
        return host
    }

    /// The port in `:6379`, or the default one in an empty text.
    private static func port(_ text: Substring) throws(StorageError) -> Int {
        guard !text.isEmpty else { return RedisAddress.defaultPort }
        guard text.utf8.first == UInt8(ascii: ":"), let port = number(text.dropFirstByte) else {
            throw .address(RedisAddress.portAdvice)
        }
        return port
    }

    // MARK: Parts

    /// Digits alone: `Int` would accept a sign.
    static func number(_ text: Substring) -> Int? {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        return text.utf8.allSatisfy(digits.contains) ? Int(text) : nil
    }

    static func decode(_ text: Substring, _ part: String) throws(StorageError) -> String {
        guard let decoded = PercentCoding.decode(text) else {
            throw .address(
                "in \(part) a % is not followed by two hexadecimal digits, or what they mean is "
                    + "not UTF-8; write %25 for a percent sign")
        }
        return decoded
    }
}

extension RedisAddressParser {
    /// What stands after the question mark, and the database of the path.
    private struct Options {
        var database: Int?
        var password: String?

        init(_ query: Substring) throws(StorageError) {
            for option in query.utf8.split(separator: UInt8(ascii: "&")) {
                let (name, value) = Substring(option).cut(at: "=") ?? (Substring(option), "")
                try add(name, value)
            }
        }

        private mutating func add(_ name: Substring, _ value: Substring) throws(StorageError) {
            switch name {
            case "db": try addDatabase(value)
            case "password":
                guard password == nil else { throw .address("it says the password twice") }
                password = try decode(value, "the password")
            default:
                throw .address(
                    "it has an option that this client does not know; there are db and password, "
                        + "everything else is set in code")
            }
        }

        mutating func addDatabase(ofPath path: Substring) throws(StorageError) {
            let text = path.dropFirstByte
            guard !text.isEmpty else { return }
            try addDatabase(text)
        }

        private mutating func addDatabase(_ text: Substring) throws(StorageError) {
            guard let number = number(text) else {
                throw .address("the database is not a number; write /2 or ?db=2")
            }
            guard database == nil else { throw .address("it says the database twice") }
            database = number
        }
    }
}

extension Substring {
    /// What stands before and after the first place where the ASCII text occurs.
    fileprivate func cut(at separator: StaticString) -> (Substring, Substring)? {
        separator.withUTF8Buffer { separator in
            guard let found = utf8.firstRange(of: separator) else { return nil }
            return (self[..<found.lowerBound], self[found.upperBound...])
        }
    }

    /// What stands before the first place where the ASCII text occurs, and the rest with it.
    fileprivate func cutBefore(_ separator: StaticString) -> (Substring, Substring) {
        separator.withUTF8Buffer { separator in
            let place = utf8.firstRange(of: separator)?.lowerBound ?? endIndex
            return (self[..<place], self[place...])
        }
    }

    /// What stands before and after the last place where the ASCII character occurs.
    fileprivate func cutAtLast(_ separator: Unicode.Scalar) -> (Substring?, Substring)? {
        guard let place = utf8.lastIndex(of: UInt8(ascii: separator)) else { return nil }
        return (self[..<place], self[utf8.index(after: place)...])
    }

    fileprivate var dropFirstByte: Substring { Substring(utf8.dropFirst()) }
}

extension Substring.UTF8View {
    /// Where the bytes occur first.
    fileprivate func firstRange(of needle: UnsafeBufferPointer<UInt8>) -> Range<Index>? {
        var start = startIndex
        while true {
            let rest = self[start...]
            if rest.starts(with: needle) {
                return start..<index(start, offsetBy: needle.count)
            }
            guard start < endIndex else { return nil }
            start = index(after: start)
        }
    }
}
