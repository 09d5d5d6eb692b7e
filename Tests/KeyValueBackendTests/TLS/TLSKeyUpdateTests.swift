import Foundation
import StorageKit
import Testing

@testable import KeyValueBackend

@Suite(
    "TLS messages after the handshake",
    .enabled(if: TLSTestServer.isExpected, TLSTestServer.remedy), .serialized)
struct TLSKeyUpdateTests {
    /// `openssl s_server`, which obeys letters at its input: `K` asks for new keys in both
    /// directions, `r` for a new handshake.
    ///
    /// Only what it has received is waited for, as its own words stay in a buffer.
    private final class CommandServer {
        let port: UInt16
        private let process = Process()
        private let input = Pipe()
        private let output = Pipe()
        private var text = ""

        init(_ certificates: TLSTestCertificates, _ version: String) throws {
            port = try TLSTestServer.freePort()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = [
                "openssl", "s_server", "-accept", "127.0.0.1:\(port)", version,
                "-cert", certificates.certificate("server"), "-key", certificates.key("server"),
            ]
            process.standardInput = input
            process.standardOutput = output
            process.standardError = FileHandle.nullDevice
            try process.run()
            try wait(for: "ACCEPT")
        }

        deinit { kill(process.processIdentifier, SIGKILL) }

        func type(_ line: String) { input.fileHandleForWriting.write(Data((line + "\n").utf8)) }

        /// Waits until it has shown these words, and forgets what came before.
        func wait(for words: String) throws {
            while true {
                if let range = text.range(of: words) {
                    text.removeSubrange(..<range.upperBound)
                    return
                }
                let more = output.fileHandleForReading.availableData
                try #require(!more.isEmpty, "it ended before \(words)")
                text += String(decoding: more, as: UTF8.self)
            }
        }
    }

    private let certificates: TLSTestCertificates
    private let context: TLSContext

    init() throws {
        certificates = try TLSTestCertificates()
        try certificates.makeAuthority("authority")
        try certificates.make("server", for: "DNS:localhost", by: "authority")
        context = try TLSContext(
            RedisTLSOptions(trust: .certificateFile(certificates.certificate("authority"))))
    }

    private func makeLink(_ server: CommandServer) throws -> TLSLink {
        let descriptor = try TLSTestServer.connect(to: server.port)
        return TLSLink(
            try TLSChannel(descriptor: descriptor, host: "localhost", context: context))
    }

    @Test("new keys are taken up in both directions, again and again")
    func keyUpdate() throws {
        let server = try CommandServer(certificates, "-tls1_3")
        let link = try makeLink(server)
        try link.handshake()
        // Tickets for later sessions come first.
        server.type("hello")
        #expect(try link.exchange(Array("go\n".utf8), expecting: 6) == Array("hello\n".utf8))
        for round in 0..<20 {
            server.type("K")
            // What it reads in one go is a command or is not, so the next line must come later.
            try link.awaitReadable()
            server.type("hello \(round)")
            // The answer to K goes out with the client's next write.
            let words = Array("from client \(round)\n".utf8)
            let expected = Array("hello \(round)\n".utf8)
            #expect(try link.exchange(words, expecting: expected.count) == expected)
            try server.wait(for: "from client \(round)")
        }
    }

    @Test("a new handshake is refused, and what was sent before it arrives")
    func renegotiation() throws {
        let server = try CommandServer(certificates, "-tls1_2")
        let link = try makeLink(server)
        try link.handshake()
        server.type("hello")
        #expect(try link.exchange(Array("go\n".utf8), expecting: 6) == Array("hello\n".utf8))
        try server.wait(for: "go")
        server.type("r")
        // OpenSSL's server ends the connection over the refusal; what matters is that the channel
        // neither hangs nor shakes hands again.
        do { #expect(try link.drain().isEmpty) } catch let error as StorageError {
            #expect(error.code == .unavailable, "\(error)")
        }
    }
}
