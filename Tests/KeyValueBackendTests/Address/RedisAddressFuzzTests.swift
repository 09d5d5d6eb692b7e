import Foundation
import KeyValueBackend
import StorageKit
import StorageKitTesting
import Testing

@Suite("Addresses of Redis from random text")
struct RedisAddressFuzzTests {
    /// What the grammar is made of, what breaks it, and characters that cling to the one before.
    static let pieces = [
        "redis", "rediss", "unix", "valkey", "://", ":", "/", "//", "?", "#", "@", "[", "]", "%",
        "%2", "%25", "%41", "%00", "%FF", "%C3", "::1", "fe80::1", "127.0.0.1", "localhost", "db",
        "db=", "=", "&", "password=", "0", "1", "6379", "65536", "-", "+", " ", "\n", "\r\n", "\0",
        "é", "\u{301}", "\u{200D}", "👩‍👩‍👧", "\u{FEFF}", "user", "hunter2", ".", "..",
    ]

    @Test("are refused with invalidArgument or read again as they were written; nothing traps")
    func randomPieces() throws {
        var random = SeededGenerator(seed: fuzzSeed)
        var accepted = 0
        for _ in 0..<20_000 {
            let start = Bool.random(using: &random) ? "redis://" : ""
            let count = Int.random(in: 0...9, using: &random)
            let rest = (0..<count).compactMap { _ in Self.pieces.randomElement(using: &random) }
            if try check(start + rest.joined()) { accepted += 1 }
        }
        #expect(accepted > 100, "the pieces rarely make an address; the test has become blunt")
    }

    @Test("survive the change of any byte")
    func mutations() throws {
        var random = SeededGenerator(seed: fuzzSeed)
        for reading in RedisAddressTests.readings {
            for _ in 0..<200 {
                var bytes = Array(reading.url.utf8)
                let place = bytes.indices.randomElement(using: &random) ?? 0
                bytes[place] = UInt8.random(in: 0...255, using: &random)
                _ = try check(String(decoding: bytes, as: UTF8.self))
            }
        }
    }

    @Test("made of any parts are read again as they were written")
    func randomParts() throws {
        var random = SeededGenerator(seed: fuzzSeed)
        for _ in 0..<2_000 {
            let text = (0..<3).map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined()
            let endpoints: [RedisAddress.Endpoint] = [
                .tcp(host: "a-1.b_c"), .tls(host: "fe80::1%en0"),
                .unix(path: "/" + text.filter { $0 != "\0" }),
            ]
            let endpoint = endpoints.randomElement(using: &random) ?? .tcp(host: "h")
            let address = try RedisAddress(
                endpoint, credentials: .init(username: text, password: text),
                database: Int.random(in: 0...Int.max, using: &random))
            let url = address.urlRevealingPassword
            #expect(try RedisAddress(url) == address, "\(url)")
        }
    }

    /// Whether the text is an address; everything else about it must be in order.
    private func check(_ text: String) throws -> Bool {
        do throws(StorageError) {
            let address = try RedisAddress(text)
            let again = try RedisAddress(address.urlRevealingPassword)
            #expect(again == address, "\(text.debugDescription), seed \(fuzzSeed)")
            if address.credentials?.password == "hunter2" {
                // It may stand elsewhere too, as the user's name.
                let shown = address.description.split(separator: "hunter2").count
                let all = address.urlRevealingPassword.split(separator: "hunter2").count
                #expect(shown < all, "\(text.debugDescription)")
            }
            return true
        } catch {
            #expect(error.code == .invalidArgument, "\(text.debugDescription)")
            #expect(!error.description.contains("hunter2"), "\(text.debugDescription)")
            return false
        }
    }
}

/// The seed of this run: `STORAGEKIT_SEED` in the environment, or the same one every time.
private let fuzzSeed: UInt64 =
    ProcessInfo.processInfo.environment["STORAGEKIT_SEED"].flatMap(UInt64.init) ?? 20_260_101
