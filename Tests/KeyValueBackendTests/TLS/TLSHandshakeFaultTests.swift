import Foundation
import StorageKit
import StorageKitTesting
import Testing

@testable import KeyValueBackend

@Suite("TLS with something that is not a server")
struct TLSStrangerTests {
    /// What is said in place of a handshake, and the reason the error has to give.
    static let strangers: [(words: String, reason: String)] = [
        ("-ERR unknown command\r\n", "SSL_R_WRONG_VERSION_NUMBER"),
        ("HTTP/1.1 400 Bad Request\r\n\r\n", "SSL_R_WRONG_VERSION_NUMBER"),
        ("\u{15}\u{3}\u{1}\0\u{2}\u{2}\u{28}", "SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE"),
        ("\u{15}\u{3}\u{1}\0\u{2}\u{2}\u{50}", "SSL_R_TLSV1_ALERT_INTERNAL_ERROR"),
        ("\u{15}\u{3}\u{1}\0\u{2}\u{2}\u{70}", "SSL_R_TLSV1_UNRECOGNIZED_NAME"),
        ("", "SSL_R_UNEXPECTED_EOF_WHILE_READING"),
        ("\u{16}\u{3}\u{3}", "SSL_R_UNEXPECTED_EOF_WHILE_READING"),
    ]

    @Test("says what is wrong", arguments: strangers)
    func stranger(_ stranger: (words: String, reason: String)) throws {
        let (ours, theirs) = try TLSRelay.pair()
        let channel = try TLSChannel(
            descriptor: ours, host: "localhost", context: TLSContext(RedisTLSOptions()))
        #expect(try channel.advanceHandshake() == .wantsToRead, "it speaks first, and waits")
        let bytes = Array(stranger.words.utf8)
        #expect(send(theirs, bytes, bytes.count, 0) == bytes.count)
        shutdown(theirs, Int32(SHUT_WR))
        defer { close(theirs) }
        let error = try #require(throws: StorageError.self) { try channel.advanceHandshake() }
        #expect(error.code == .unavailable)
        #expect(error.native?.name == stranger.reason, "\(error)")
        #expect(error.message.contains("localhost"))
        let again = try #require(throws: StorageError.self) { try channel.advanceHandshake() }
        #expect(again.message == error.message)
    }
}

@Suite(
    "TLS handshakes that are disturbed",
    .enabled(if: TLSTestServer.isExpected, TLSTestServer.remedy), .serialized)
struct TLSHandshakeFaultTests {
    let server: TLSTestServer
    let context: TLSContext

    init() throws {
        let certificates = try TLSTestCertificates()
        try certificates.makeAuthority("authority")
        try certificates.make("server", for: "DNS:localhost", by: "authority")
        server = try TLSTestServer(certificates, "server")
        context = try TLSContext(
            RedisTLSOptions(trust: .certificateFile(certificates.certificate("authority"))))
    }

    private func makeLink(_ change: (TLSRelay) -> Void) throws -> TLSLink {
        let relay = try TLSRelay(to: server.connect())
        change(relay)
        return TLSLink(
            try TLSChannel(descriptor: relay.clientEnd, host: "localhost", context: context),
            relay)
    }

    /// How many bytes the server sends until the client's handshake is over.
    private func lengthOfHandshake() throws -> Int {
        let link = try makeLink { $0.piece = 1 }
        try link.handshake()
        return link.relay?.carriedFromServer ?? 0
    }

    @Test("a connection that is cut anywhere in the handshake is an error that may be retried")
    func cut() throws {
        let length = try lengthOfHandshake()
        #expect(length > 500)
        var places = Array(stride(from: 0, to: length - 10, by: 13))
        places += [1, 2, 3, 4, 5, 6]
        for place in places {
            let link = try makeLink { $0.cutAfter = place }
            let error = try #require(throws: StorageError.self, "cut after \(place)") {
                try link.handshake()
            }
            #expect(error.code == .unavailable, "cut after \(place): \(error)")
            #expect(error.isRetryable)
        }
    }

    @Test("a byte that is changed anywhere breaks the connection or is of no account")
    func changed() throws {
        let length = try lengthOfHandshake()
        var random = SeededGenerator(seed: tlsSeed)
        var failures = 0
        for _ in 0..<60 {
            let place = Int.random(in: 0..<length, using: &random)
            let link = try makeLink {
                $0.changed = place
                $0.cutsWhenStalled = true
            }
            do {
                try link.handshake()
                let answer = try link.exchange(TLSChannelTests.ping, expecting: 7)
                #expect(answer == TLSChannelTests.pong, "byte \(place), seed \(tlsSeed)")
            } catch is StorageError {
                failures += 1
            }
        }
        #expect(failures > 50, "of 60; only the version in a record's header is of no account")
    }

    @Test("a byte of an answer that is changed is never handed out")
    func changedAnswer() throws {
        for offset in [0, 5, 30, 5_000, 16_000, 19_000] {
            let link = try makeLink { _ in }
            try link.handshake()
            _ = try link.exchange(TLSChannelTests.ping, expecting: 7)
            let value = [UInt8](repeating: 0x61, count: 20_000)
            link.relay?.changed = (link.relay?.carriedFromServer ?? 0) + offset
            link.relay?.cutsWhenStalled = true
            var received: [UInt8] = []
            let echo = Array("*2\r\n$4\r\nECHO\r\n$20000\r\n".utf8) + value + [13, 10]
            let error = try #require(throws: StorageError.self, "byte \(offset)") {
                _ = try link.exchange(echo, expecting: 0)
                while true { _ = try link.settled { try link.read(into: &received) } }
            }
            #expect(error.code == .unavailable, "\(error)")
            #expect(received.dropFirst(8).allSatisfy { $0 == 0x61 })
        }
    }
}

/// The seed of this run: `STORAGEKIT_SEED` in the environment, or the same one every time.
private let tlsSeed: UInt64 =
    ProcessInfo.processInfo.environment["STORAGEKIT_SEED"].flatMap(UInt64.init) ?? 20_260_101
