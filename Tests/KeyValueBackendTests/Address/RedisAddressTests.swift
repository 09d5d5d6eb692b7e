import KeyValueBackend
import StorageKit
import Testing

@Suite("Addresses of Redis")
struct RedisAddressTests {
    struct Reading: Sendable, CustomTestStringConvertible {
        let url: String
        let endpoint: RedisAddress.Endpoint
        var user: String?
        var password: String?
        var database = 0

        var testDescription: String { url }
    }

    static let readings: [Reading] = [
        Reading(url: "redis://localhost", endpoint: .tcp(host: "localhost")),
        Reading(url: "redis://localhost/", endpoint: .tcp(host: "localhost")),
        Reading(url: "REDIS://Cache_1.example.com.", endpoint: .tcp(host: "Cache_1.example.com.")),
        Reading(url: "valkey://h:1", endpoint: .tcp(host: "h", port: 1)),
        Reading(url: "redis://h:65535?", endpoint: .tcp(host: "h", port: 65535)),
        Reading(url: "redis://h:06379", endpoint: .tcp(host: "h", port: 6379)),
        Reading(url: "rediss://10.0.0.1:7000", endpoint: .tls(host: "10.0.0.1", port: 7000)),
        Reading(url: "valkeys://h", endpoint: .tls(host: "h")),
        Reading(url: "redis://[::1]", endpoint: .tcp(host: "::1")),
        Reading(url: "redis://[::ffff:1.2.3.4]:1", endpoint: .tcp(host: "::ffff:1.2.3.4", port: 1)),
        Reading(url: "redis://[fe80::1%25eth0]:7", endpoint: .tcp(host: "fe80::1%eth0", port: 7)),
        Reading(url: "redis://:pw@h", endpoint: .tcp(host: "h"), password: "pw"),
        Reading(
            url: "redis://user:pw@h/2", endpoint: .tcp(host: "h"), user: "user", password: "pw",
            database: 2),
        Reading(url: "redis://user:@h", endpoint: .tcp(host: "h"), user: "user", password: ""),
        Reading(
            url: "redis://a%40b:%3a%2F%3f%23%25%40@h", endpoint: .tcp(host: "h"), user: "a@b",
            password: ":/?#%@"),
        Reading(url: "redis://:a:b@c@h", endpoint: .tcp(host: "h"), password: "a:b@c"),
        Reading(url: "redis://:a+b%20%C3%A9%00@h", endpoint: .tcp(host: "h"), password: "a+b é\0"),
        Reading(url: "redis://:é\u{301}x@h", endpoint: .tcp(host: "h"), password: "é\u{301}x"),
        Reading(url: "redis://:\u{301}@h", endpoint: .tcp(host: "h"), password: "\u{301}"),
        Reading(url: "redis://h?db=3", endpoint: .tcp(host: "h"), database: 3),
        Reading(url: "redis://h/?&db=3&", endpoint: .tcp(host: "h"), database: 3),
        Reading(
            url: "redis://h?password=p%26w&db=1", endpoint: .tcp(host: "h"), password: "p&w",
            database: 1),
        Reading(url: "redis://h?password=a=b", endpoint: .tcp(host: "h"), password: "a=b"),
        Reading(url: "unix:///run/redis.sock", endpoint: .unix(path: "/run/redis.sock")),
        Reading(url: "redis+unix:///a%20b/c@d:e", endpoint: .unix(path: "/a b/c@d:e")),
        Reading(
            url: "unix://user:pw@/path?db=1", endpoint: .unix(path: "/path"), user: "user",
            password: "pw", database: 1),
        Reading(
            url: "redis-socket://:pw@/p?db=0", endpoint: .unix(path: "/p"), password: "pw"),
    ]

    @Test("are read", arguments: readings)
    func reading(_ reading: Reading) throws {
        let address = try RedisAddress(reading.url)
        #expect(address.endpoint == reading.endpoint)
        #expect(address.credentials?.username == reading.user)
        #expect(address.credentials?.password == reading.password)
        #expect(address.database == reading.database)
    }

    @Test("are read again as they were written", arguments: readings)
    func roundTrip(_ reading: Reading) throws {
        let address = try RedisAddress(reading.url)
        let again = try RedisAddress(address.urlRevealingPassword)
        #expect(again == address, "\(address.urlRevealingPassword)")
    }

    /// Each has the word `secret` where a password stands or may have gone astray.
    static let refused: [(url: String, advice: String)] = [
        ("", "has to begin with"), ("localhost:6379", "has to begin with"),
        ("redis:/h", "has to begin with"), ("://h", "has to begin with"),
        ("http://:secret@h", "has to begin with"), (" redis://h", "has to begin with"),
        ("redis://", "the host is missing"), ("redis:///2", "the host is missing"),
        ("redis://:secret@", "the host is missing"), ("redis://:secret@:1", "the host is missing"),
        ("redis://secret@h", "others for a password"),
        ("redis://@h", "others for a password"),
        ("redis://:@h", "user and password are empty"),
        ("redis://h?password=", "user and password are empty"),
        ("redis://:secret#1@h", "write %23"), ("redis://h/1#secret", "write %23"),
        ("redis://:secret/1@h", "the port is not"), ("redis://user:secret?1@h", "option"),
        ("redis://user:sec%", "the port is not"), ("redis://:sec%ret@h", "write %25"),
        ("redis://:secret%4@h", "write %25"), ("redis://:secret%FF@h", "not UTF-8"),
        ("redis://%zz:secret@h", "write %25"), ("unix:///a%", "write %25"),
        ("redis://h:", "the port is not"), ("redis://h:0", "the port is not"),
        ("redis://h:65536", "the port is not"), ("redis://h:secret", "the port is not"),
        ("redis://h:+1", "the port is not"), ("redis://h:-1", "the port is not"),
        ("redis://h:6379\n", "the port is not"), ("redis://h:\u{0661}", "the port is not"),
        ("redis://h:99999999999999999999", "the port is not"),
        ("redis://::1", "stands in brackets"), ("redis://fe80::1", "the port is not"),
        ("redis://[::1", "not closed"), ("redis://[::1]6379", "the port is not"),
        ("redis://[]", "no IPv6 address"), ("redis://[h]", "no IPv6 address"),
        ("redis://[1.2.3.4]", "no IPv6 address"), ("redis://[::1%25]", "no IPv6 address"),
        ("redis://[::1%00]", "no IPv6 address"), ("redis://[::1%25a/b]", "not closed"),
        ("redis://[::1%25a%2Fb]", "no IPv6 address"), ("redis://[::g]", "no IPv6 address"),
        ("redis://a b", "the host is neither"), ("redis://h%41", "the host is neither"),
        ("redis://h\0", "the host is neither"), ("redis://münchen", "the host is neither"),
        ("redis://h,i", "the host is neither"), ("redis://.", "the host is neither"),
        ("redis://h/secret", "the database is not"), ("redis://h/-1", "the database is not"),
        ("redis://h/+1", "the database is not"), ("redis://h/1/", "the database is not"),
        ("redis://h//", "the database is not"), ("redis://h/%31", "the database is not"),
        ("redis://h/99999999999999999999", "the database is not"),
        ("redis://h?db", "the database is not"), ("redis://h?db=", "the database is not"),
        ("redis://h?db=secret", "the database is not"),
        ("redis://h/1?db=1", "the database twice"), ("redis://h?db=1&db=2", "the database twice"),
        ("redis://:secret@h?password=secret", "the password twice"),
        ("redis://h?password=secret&password=secret", "the password twice"),
        ("redis://h?timeout=5", "does not know"), ("redis://h?secret", "does not know"),
        ("redis://h?DB=1", "does not know"), ("redis://h?=", "does not know"),
        ("redis://h?username=u", "does not know"), ("rediss://h?ssl_cert_reqs=none", "not know"),
        ("unix://", "absolute"), ("unix://secret", "has no host"),
        ("unix://host/path", "has no host"), ("unix://:secret@", "absolute"),
        ("unix:///" + String(repeating: "é", count: 60), "a symbolic link can shorten it"),
        ("unix:///a%00b", "NUL"), ("unix:///p?db=x", "the database is not"),
    ]

    @Test("that are wrong are refused with advice that quotes nothing", arguments: refused)
    func refusal(_ refused: (url: String, advice: String)) {
        let error = #expect(throws: StorageError.self) { try RedisAddress(refused.url) }
        #expect(error?.code == .invalidArgument)
        #expect(error?.message.contains(refused.advice) == true, "\(error?.message ?? "")")
        #expect(error?.description.contains("secret") == false)
        #expect(error?.isRetryable == false)
    }
}

@Suite("Addresses of Redis made in code")
struct RedisAddressPartsTests {
    @Test("are what they were made of")
    func parts() throws {
        let address = try RedisAddress(
            .tls(host: "cache.example.com"), credentials: .init(username: "", password: "pw"),
            database: 4)
        #expect(address.credentials?.username == nil)
        #expect(address == (try RedisAddress("rediss://:pw@cache.example.com:6379/4")))
        #expect(RedisAddress.local == (try RedisAddress("redis://127.0.0.1")))
    }

    @Test(
        "that are wrong are refused",
        arguments: [
            .tcp(host: ""), .tcp(host: "[::1]"), .tcp(host: "h", port: 0),
            .tls(host: "h", port: 65536), .tcp(host: "h", port: -1), .tls(host: "a/b"),
            .tcp(host: "a@b"), .tcp(host: "::1::"), .tcp(host: "h\0"), .tcp(host: "::1\0"),
            .unix(path: ""), .unix(path: "redis.sock"), .unix(path: "/a\0"),
        ] as [RedisAddress.Endpoint])
    func refusal(endpoint: RedisAddress.Endpoint) {
        let error = #expect(throws: StorageError.self) { try RedisAddress(endpoint) }
        #expect(error?.code == .invalidArgument)
    }

    @Test("with a negative database or empty credentials are refused")
    func otherRefusals() {
        #expect(throws: StorageError.self) { try RedisAddress(.tcp(host: "h"), database: -1) }
        #expect(throws: StorageError.self) {
            try RedisAddress(.tcp(host: "h"), credentials: .init(password: ""))
        }
    }

    @Test("are described without their password, whoever asks")
    func description() throws {
        let address = try RedisAddress("rediss://app:hunter2@cache.example.com:7000/3")
        #expect(address.description == "rediss://app:***@cache.example.com:7000/3")
        let credentials = try #require(address.credentials)
        var dumped = ""
        dump(address, to: &dumped)
        dump(credentials, to: &dumped)
        let texts = [
            "\(address)", String(reflecting: address), "\([address])",
            "\(Optional(address) as Any)",
            "\(credentials)", String(reflecting: credentials), "\([credentials])", dumped,
            String(reflecting: Mirror(reflecting: address).children.map { $0.value }),
        ]
        for text in texts { #expect(!text.contains("hunter2"), "\(text)") }
        #expect(address.urlRevealingPassword.contains("hunter2"))
    }

    @Test("are described in every form")
    func descriptions() throws {
        let pairs = [
            ("redis://h", "redis://h:6379"), ("redis://[::1]/1", "redis://[::1]:6379/1"),
            ("redis://[fe80::1%25lo]", "redis://[fe80::1%25lo]:6379"),
            ("unix:///a b?db=2", "unix:///a%20b?db=2"), ("redis://u:@h", "redis://u:@h:6379"),
            ("unix://:pw@/a", "unix://:***@/a"),
        ]
        for (url, description) in pairs {
            #expect(try RedisAddress(url).description == description)
        }
    }
}
