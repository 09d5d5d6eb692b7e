import Foundation
import StorageKit
import StorageKitTesting
import Testing

@testable import KeyValueBackend

@Suite(
    "TLS to a real server",
    .enabled(if: TLSTestServer.isExpected, TLSTestServer.remedy), .serialized)
struct TLSChannelTests {
    let certificates: TLSTestCertificates
    let server: TLSTestServer
    let trusting: RedisTLSOptions

    init() throws {
        certificates = try TLSTestCertificates()
        try certificates.makeAuthority("authority")
        try certificates.make("server", for: "DNS:localhost,IP:127.0.0.1", by: "authority")
        server = try TLSTestServer(certificates, "server")
        trusting = RedisTLSOptions(trust: .certificateFile(certificates.certificate("authority")))
    }

    static let ping = Array("PING\r\n".utf8)
    static let pong = Array("+PONG\r\n".utf8)

    func expectPong(_ link: TLSLink) throws {
        try link.handshake()
        #expect(try link.exchange(Self.ping, expecting: 7) == Self.pong)
    }

    func command(_ parts: [[UInt8]]) -> [UInt8] {
        var bytes = Array("*\(parts.count)\r\n".utf8)
        for part in parts { bytes += Array("$\(part.count)\r\n".utf8) + part + [13, 10] }
        return bytes
    }

    func randomBytes(_ count: Int) -> [UInt8] {
        var random = SeededGenerator(seed: 7)
        return (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    }

    @Test("carries commands to a server known by name or by address, and either kind of trust")
    func ping() throws {
        try expectPong(TLSLink(server, trusting))
        try expectPong(TLSLink(server, host: "127.0.0.1", trusting))
        try expectPong(TLSLink(server, host: "localhost.", trusting))
        let pem = try Data(contentsOf: URL(fileURLWithPath: certificates.certificate("authority")))
        let bytes = ByteString(bytes: pem)
        try expectPong(TLSLink(server, RedisTLSOptions(trust: .certificates(pem: bytes))))
        // Text between certificates is allowed, and more than one certificate is.
        let twice = ByteString("first\n") + bytes + ByteString("second\n") + bytes
        try expectPong(TLSLink(server, RedisTLSOptions(trust: .certificates(pem: twice))))
    }

    @Test("carries 10 MB both ways")
    func large() throws {
        let value = randomBytes(10_000_000)
        let link = try TLSLink(server, trusting)
        try link.handshake()
        let set = command([Array("SET".utf8), Array("k".utf8), value])
        #expect(try link.exchange(set, expecting: 5) == Array("+OK\r\n".utf8))
        let answer = try link.exchange(
            command([Array("GET".utf8), Array("k".utf8)]), expecting: value.count + 13)
        #expect(answer == Array("$10000000\r\n".utf8) + value + [13, 10])
    }

    @Test("carries both ways at once, while each waits for the other")
    func fullDuplex() throws {
        let value = randomBytes(1_000_000)
        let link = try TLSLink(server, trusting)
        try link.handshake()
        let echo = command([Array("ECHO".utf8), value])
        let answer = Array("$1000000\r\n".utf8) + value + [13, 10]
        var (echoes, expected): ([UInt8], [UInt8]) = ([], [])
        for _ in 0..<12 {
            echoes += echo
            expected += answer
        }
        #expect(try link.exchange(echoes, expecting: expected.count) == expected)
    }

    @Test("carries what a slow network brings in pieces", arguments: [1, 7, 1_000])
    func pieces(piece: Int) throws {
        let relay = try TLSRelay(to: server.connect(), bufferSize: 4_096)
        relay.piece = piece
        let link = try TLSLink(relay, trusting)
        try link.handshake()
        let value = randomBytes(piece == 1 ? 20_000 : 200_000)
        let answer = try link.exchange(
            command([Array("ECHO".utf8), value]), expecting: value.count + 1)
        #expect(answer.starts(with: Array("$\(value.count)\r\n".utf8) + value.dropLast(100)))
    }

    @Test("speaks TLS 1.2 with servers that know no other, unless that is too old")
    func oldServer() throws {
        let old = try TLSTestServer(
            certificates, "server", options: ["--tls-protocols", "TLSv1.2"])
        try expectPong(TLSLink(old, trusting))
        var strict = trusting
        strict.minimumVersion = .v13
        let error = try #require(throws: StorageError.self) { try TLSLink(old, strict).handshake() }
        #expect(error.code == .unavailable)
        #expect(error.native?.name == "SSL_R_TLSV1_ALERT_PROTOCOL_VERSION")
        #expect(!error.isRetryable)
        try expectPong(TLSLink(server, strict))
    }

    @Test("ends when the server ends, and says when something cut it off")
    func ends() throws {
        let orderly = try TLSLink(server, trusting)
        try orderly.handshake()
        _ = try orderly.exchange(Array("QUIT\r\n".utf8), expecting: 5)
        #expect(try orderly.drain().isEmpty)
        #expect(try orderly.settled { try orderly.channel.advanceHandshake() } == .done(0))

        let relay = try TLSRelay(to: server.connect())
        let cut = try TLSLink(relay, trusting)
        try expectPong(cut)
        relay.cut()
        let error = try #require(throws: StorageError.self) { try cut.drain() }
        #expect(error.code == .unavailable)
        #expect(error.isRetryable)
        #expect(error.native?.name == "SSL_R_UNEXPECTED_EOF_WHILE_READING")
        let again = try #require(throws: StorageError.self) { try cut.drain() }
        #expect(again.message == error.message, "a failure is for good")
        #expect(throws: StorageError.self) { try cut.exchange(Self.ping, expecting: 7) }
    }

    @Test("writing to a connection that is gone throws and raises no signal")
    func brokenPipe() throws {
        let relay = try TLSRelay(to: server.connect())
        let link = try TLSLink(relay, trusting)
        try expectPong(link)
        relay.cut()
        let error = try #require(throws: StorageError.self) {
            try Self.ping.withUnsafeBytes { _ = try link.channel.write($0) }
        }
        #expect(error.code == .unavailable)
        #expect(error.native?.domain == "errno")
        #expect(error.native?.number == Int(EPIPE))
        link.channel.close()
    }

    @Test("refuses to go on with other bytes after a write that was cut short")
    func exchangedBytes() throws {
        let relay = try TLSRelay(to: server.connect(), bufferSize: 4_096)
        let link = try TLSLink(relay, trusting)
        try expectPong(link)
        let bytes = randomBytes(1_000_000)
        var sent = 0
        var progress = ChannelProgress.done(0)
        // Nobody carries on what the socket holds, so it fills up.
        while case .done(let more) = progress {
            sent += more
            progress = try bytes.withUnsafeBytes {
                try link.channel.write(UnsafeRawBufferPointer(rebasing: $0[sent...]))
            }
        }
        #expect(progress == .wantsToWrite)
        let other = bytes[sent...].map { ~$0 }
        let error = try #require(throws: StorageError.self) {
            try other.withUnsafeBytes { _ = try link.channel.write($0) }
        }
        #expect(error.code == .internalError)
    }

    @Test("a closed channel throws, and closing twice does nothing")
    func closed() throws {
        let link = try TLSLink(server, trusting)
        try expectPong(link)
        link.channel.close()
        link.channel.close()
        let error = try #require(throws: StorageError.self) { try link.drain() }
        #expect(error.code == .invalidState)
        #expect(try server.countConnections() == 0)
    }

    @Test("hundreds of connections leave no descriptor behind, closed or merely let go")
    func descriptors() throws {
        let context = try TLSContext(trusting)
        for round in 0..<300 {
            let host = round % 3 == 0 ? "wrong.example" : "localhost"
            let channel = try TLSChannel(descriptor: server.connect(), host: host, context: context)
            let link = TLSLink(channel)
            if round % 3 == 0 {
                #expect(throws: StorageError.self) { try link.handshake() }
            } else {
                try expectPong(link)
            }
            if round % 2 == 0 { channel.close() }
        }
        #expect(try server.countConnections() == 0)
    }

    @Test("a channel that cannot be made closes its descriptor")
    func refusedHost() throws {
        let context = try TLSContext(trusting)
        for host in ["", ".", "a b", "evil\0.example"] {
            let error = try #require(throws: StorageError.self) {
                try TLSChannel(descriptor: server.connect(), host: host, context: context)
            }
            #expect(error.code == .invalidArgument)
        }
        #expect(try server.countConnections() == 0)
    }
}
