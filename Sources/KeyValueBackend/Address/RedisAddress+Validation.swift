internal import StorageKit

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

extension RedisAddress {
    static func check(_ endpoint: Endpoint) throws(StorageError) {
        switch endpoint {
        case .tcp(let host, let port), .tls(let host, let port):
            try checkHost(host)
            guard (1...65535).contains(port) else { throw .address(portAdvice) }
        case .unix(let path):
            guard path.utf8.first == UInt8(ascii: "/") else {
                throw .address("the path of a socket file has to be absolute, to begin with a /")
            }
            guard !path.utf8.contains(0) else {
                throw .address("the path of the socket file contains a NUL, where it would end")
            }
            guard path.utf8.count <= SocketAddress.maximumPathBytes else {
                throw .address(
                    "the path of the socket file has \(path.utf8.count) bytes, and the system "
                        + "takes \(SocketAddress.maximumPathBytes); a symbolic link can shorten it")
            }
        }
    }

    static let portAdvice =
        "the port is not a number from 1 to 65535; an IPv6 address stands in brackets, and if user "
        + "or password contain one of : / ? # @ write %3A %2F %3F %23 %40 for it"

    /// The name is handed to the resolver and to TLS, so it must be what both understand.
    private static func checkHost(_ host: String) throws(StorageError) {
        guard !host.isEmpty else { throw .address("the host is missing; name it, or localhost") }
        if host.utf8.contains(UInt8(ascii: ":")) {
            guard IPAddress.isVersion6(host) else {
                throw .address("what stands in place of the host is no IPv6 address")
            }
            return
        }
        guard host.utf8.allSatisfy(\.isPartOfHostName), host.utf8.contains(where: { $0 != dot })
        else {
            throw .address(
                "the host is neither a name nor an IP address; write an international name in its "
                    + "ASCII form (xn--…), and %40 for each @ of a password")
        }
    }

    /// Whether the text is the name of a host or an IP address.
    static func isHost(_ text: String) -> Bool {
        (try? checkHost(text)) != nil
    }

    private static let dot = UInt8(ascii: ".")
}

/// IP addresses as text.
enum IPAddress {
    /// Whether the text is an address of version 4 or 6, the latter with or without its zone.
    static func isAddress(_ text: String) -> Bool {
        isVersion4(text) || isVersion6(text)
    }

    static func isVersion4(_ text: String) -> Bool {
        var address = in_addr()
        return !text.utf8.contains(0) && inet_pton(AF_INET, text, &address) == 1
    }

    /// Whether the text is an address of version 6; a zone may follow it (`fe80::1%eth0`).
    static func isVersion6(_ text: String) -> Bool {
        guard !text.utf8.contains(0) else { return false }
        let zone = text.utf8.drop { $0 != UInt8(ascii: "%") }
        guard zone.count != 1, zone.dropFirst().allSatisfy(\.isPartOfHostName) else { return false }
        var address = in6_addr()
        return inet_pton(AF_INET6, withoutZone(text), &address) == 1
    }

    /// The address without its zone, which means something on this machine alone.
    static func withoutZone(_ text: String) -> String {
        String(text.prefix { $0 != "%" })
    }
}

extension UInt8 {
    /// Whether names of hosts may have it: letters, digits, `-`, `.` and, since containers are
    /// named with it, `_`.
    fileprivate var isPartOfHostName: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
