import Foundation
import StorageKit
import Testing

@testable import KeyValueBackend

@Suite("TLS options", .enabled(if: TLSTestServer.isExpected, TLSTestServer.remedy))
struct TLSContextTests {
    @Test("that cannot be used are refused with what to do, and nobody is asked at a terminal")
    func refusals() throws {
        let certificates = try TLSTestCertificates()
        try certificates.makeAuthority("authority")
        try certificates.make("client", for: "DNS:client", by: "authority")
        try certificates.make("other", for: "DNS:other", by: "authority")
        let encrypted = certificates.key("encrypted")
        try certificates.openssl([
            "pkey", "-in", certificates.key("client"), "-aes128", "-passout", "pass:pw",
            "-out", encrypted,
        ])
        let client = certificates.certificate("client")
        let key = certificates.key("client")
        let damaged = ByteString(
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")

        let refused: [(RedisTLSOptions, String)] = [
            (.init(trust: .certificateFile("/nowhere/ca.pem")), "/nowhere/ca.pem"),
            (.init(trust: .certificateFile(key)), key),
            (.init(trust: .certificateFile("")), "no certificates"),
            (.init(trust: .certificateFile(client + "\0")), "NUL"),
            (.init(trust: .certificates(pem: "")), "certificates(pem:)"),
            (.init(trust: .certificates(pem: "no PEM")), "certificates(pem:)"),
            (.init(trust: .certificates(pem: damaged)), "certificates(pem:)"),
            (.init(serverName: ""), "serverName"), (.init(serverName: "a b"), "serverName"),
            (.init(serverName: "a\0"), "serverName"),
            (.init(identity: .init(certificateFile: "/nowhere", keyFile: key)), "/nowhere"),
            (.init(identity: .init(certificateFile: client, keyFile: "/nowhere")), "/nowhere"),
            (
                .init(
                    identity: .init(certificateFile: client, keyFile: certificates.key("other"))),
                "fits"
            ),
            (.init(identity: .init(certificateFile: client, keyFile: encrypted)), "unencrypted"),
            (.init(identity: .init(certificateFile: key, keyFile: client)), "no certificate"),
            (.init(identity: .init(certificateFile: client, keyFile: key + "\0")), "NUL"),
        ]
        for (options, words) in refused {
            let error = try #require(throws: StorageError.self, "\(options)") {
                try TLSContext(options)
            }
            #expect(error.code == .invalidArgument)
            #expect(error.message.contains(words), "\(error)")
            #expect(!error.isRetryable)
        }
        _ = try TLSContext(.init(identity: .init(certificateFile: client, keyFile: key)))
    }

    @Test("are secure unless they say otherwise")
    func defaults() throws {
        let options = RedisTLSOptions()
        #expect(options.trust == .system)
        #expect(options.minimumVersion == .v12)
        #expect(options.serverName == nil)
        #expect(try TLSContext(options).verifies)
        #expect(try !TLSContext(.init(trust: .dangerouslyTrustAnyServer)).verifies)
    }
}

@Suite("OpenSSL's reasons")
struct TLSErrorMappingTests {
    @Test("about certificates each give their error", arguments: TLSErrorMapping.verification)
    func verification(row: TLSErrorMapping.Row) {
        let failure = TLSFailure(
            queued: Self.queued(134), verification: Int(row.number), isInHandshake: true)
        let error = StorageError.tls(failure, server: "cache.example")
        #expect(error.code == .unauthenticated)
        #expect(!error.isRetryable)
        #expect(
            error.native
                == .init(domain: "openssl", name: row.name, number: Int(row.number)))
        #expect(error.message.contains("cache.example"))
        #expect(error.message.hasSuffix(row.advice))
    }

    @Test("about the conversation each give their error", arguments: TLSErrorMapping.reasons)
    func reasons(row: TLSErrorMapping.Row) {
        let failure = TLSFailure(
            queued: Self.queued(row.number), verification: 0, isInHandshake: true)
        let error = StorageError.tls(failure, server: "cache.example")
        #expect(error.code == row.code)
        #expect(error.isRetryable == row.isRetryable)
        #expect(
            error.native
                == .init(domain: "openssl", name: row.name, number: Int(row.number)))
        #expect(error.message.hasSuffix(row.advice))
    }

    @Test("are listed once each")
    func unique() {
        for table in [TLSErrorMapping.verification, TLSErrorMapping.reasons] {
            #expect(Set(table.map(\.number)).count == table.count)
            #expect(Set(table.map(\.name)).count == table.count)
        }
    }

    @Test("that are not listed keep OpenSSL's words and are not retried")
    func unlisted() {
        // SSL_R_NO_SHARED_CIPHER, and a number that is no reason at all.
        for number: Int32 in [193, 4_000] {
            let failure = TLSFailure(
                queued: Self.queued(number), verification: 0, isInHandshake: true)
            let error = StorageError.tls(failure, server: "h")
            #expect(error.code == .unavailable)
            #expect(!error.isRetryable)
            #expect(error.native?.number == Int(number))
        }
        let error = StorageError.tlsVerification(9_999, server: "h")
        #expect(error.code == .unauthenticated)
        #expect(error.native?.name == "X509_V_ERR_9999")
    }

    @Test("of another library are not taken for one of TLS")
    func otherLibrary() {
        // ERR_LIB_X509 is 11; 294 is SSL_R_UNEXPECTED_EOF_WHILE_READING in TLS.
        let failure = TLSFailure(queued: 11 << 23 | 294, verification: 0, isInHandshake: false)
        let error = StorageError.tls(failure, server: "h")
        #expect(!error.isRetryable)
    }

    @Test("that are missing mean that the connection was cut")
    func cut() {
        for isInHandshake in [true, false] {
            let failure = TLSFailure(queued: 0, verification: 0, isInHandshake: isInHandshake)
            let error = StorageError.tls(failure, server: "h")
            #expect(error.code == .unavailable)
            #expect(error.isRetryable)
        }
    }

    /// ERR_PACK of err.h; ERR_LIB_SSL is 20.
    private static func queued(_ reason: Int32) -> UInt { 20 << 23 | UInt(reason) }
}
