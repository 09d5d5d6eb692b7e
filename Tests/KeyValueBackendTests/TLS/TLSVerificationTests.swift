import Foundation
import StorageKit
import Testing

@testable import KeyValueBackend

@Suite(
    "TLS: who is who",
    .enabled(if: TLSTestServer.isExpected, TLSTestServer.remedy), .serialized)
struct TLSVerificationTests {
    let certificates: TLSTestCertificates
    let trusting: RedisTLSOptions

    init() throws {
        certificates = try TLSTestCertificates()
        try certificates.makeAuthority("authority")
        try certificates.makeAuthority("stranger")
        trusting = RedisTLSOptions(trust: .certificateFile(certificates.certificate("authority")))
    }

    private func makeServer(
        for names: String, by authority: String = "authority", days: Int = 30,
        options: [String] = []
    ) throws -> TLSTestServer {
        try certificates.make("server", for: names, by: authority, days: days)
        return try TLSTestServer(certificates, "server", options: options)
    }

    private func expectPong(_ link: TLSLink) throws {
        try link.handshake()
        #expect(try link.exchange(TLSChannelTests.ping, expecting: 7) == TLSChannelTests.pong)
    }

    /// The handshake must end with the refusal of the server's certificate.
    private func expectRefusal(
        _ name: String, of server: TLSTestServer, host: String = "localhost",
        _ options: RedisTLSOptions, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let link = try TLSLink(server, host: host, options)
        let error = try #require(throws: StorageError.self, sourceLocation: sourceLocation) {
            try link.handshake()
        }
        #expect(error.code == .unauthenticated, sourceLocation: sourceLocation)
        #expect(!error.isRetryable, sourceLocation: sourceLocation)
        #expect(error.native?.domain == "openssl", sourceLocation: sourceLocation)
        #expect(error.native?.name == name, "\(error)", sourceLocation: sourceLocation)
        #expect(error.message.contains("that it is \(host)"), sourceLocation: sourceLocation)
        // Not a byte may be sent to such a server.
        #expect(throws: StorageError.self, sourceLocation: sourceLocation) {
            try link.exchange(TLSChannelTests.ping, expecting: 7)
        }
    }

    @Test("a certificate for another name or address is refused, unless that name was asked for")
    func wrongName() throws {
        let server = try makeServer(for: "DNS:cache.example,IP:10.1.2.3,DNS:*.wild.example")
        try expectRefusal("X509_V_ERR_HOSTNAME_MISMATCH", of: server, trusting)
        try expectRefusal(
            "X509_V_ERR_HOSTNAME_MISMATCH", of: server, host: "a.b.wild.example", trusting)
        try expectRefusal(
            "X509_V_ERR_IP_ADDRESS_MISMATCH", of: server, host: "127.0.0.1", trusting)
        try expectRefusal("X509_V_ERR_IP_ADDRESS_MISMATCH", of: server, host: "::1", trusting)
        for name in [
            "cache.example", "cache.example.", "10.1.2.3", "CACHE.example", "a.wild.example",
        ] {
            var named = trusting
            named.serverName = name
            try expectPong(TLSLink(server, host: "127.0.0.1", named))
        }
    }

    @Test("the common name alone proves nothing about an address")
    func commonName() throws {
        try certificates.make("127.0.0.1", for: "DNS:other.example", by: "authority")
        let server = try TLSTestServer(certificates, "127.0.0.1")
        try expectRefusal(
            "X509_V_ERR_IP_ADDRESS_MISMATCH", of: server, host: "127.0.0.1", trusting)
    }

    @Test("an IPv6 address is proven, with or without a zone")
    func version6() throws {
        let server = try makeServer(for: "IP:fe80::1")
        try expectPong(TLSLink(server, host: "fe80::1%lo", trusting))
        try expectPong(TLSLink(server, host: "fe80:0::1", trusting))
        try expectRefusal("X509_V_ERR_IP_ADDRESS_MISMATCH", of: server, host: "fe80::2", trusting)
    }

    @Test("an expired certificate is refused")
    func expired() throws {
        let server = try makeServer(for: "DNS:localhost", days: -1)
        try expectRefusal("X509_V_ERR_CERT_HAS_EXPIRED", of: server, trusting)
    }

    @Test("an unknown authority is refused; the system's authorities do not know ours")
    func unknownAuthority() throws {
        let server = try makeServer(for: "DNS:localhost", by: "stranger")
        let unknown = "X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY"
        try expectRefusal(unknown, of: server, trusting)
        try expectRefusal(unknown, of: server, RedisTLSOptions())
        let selfSigned = try TLSTestServer(certificates, "stranger")
        try expectRefusal("X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT", of: selfSigned, trusting)
    }

    @Test("any server is believed when verification was switched off, and none sooner")
    func switchedOff() throws {
        let server = try makeServer(for: "DNS:other.example", by: "stranger", days: -1)
        try expectPong(
            TLSLink(server, RedisTLSOptions(trust: .dangerouslyTrustAnyServer)))
    }

    @Test("a server that demands a client certificate says so", arguments: ["TLSv1.2", "TLSv1.3"])
    func clientCertificate(version: String) throws {
        try certificates.make("client", for: "DNS:client", by: "authority")
        try certificates.make("unknown", for: "DNS:client", by: "stranger")
        let server = try makeServer(
            for: "DNS:localhost",
            options: ["--tls-auth-clients", "yes", "--tls-protocols", version])
        var known = trusting
        known.identity = identity("client")
        try expectPong(TLSLink(server, known))

        let isOld = version == "TLSv1.2"
        try expectDemand(
            isOld
                ? "SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE" : "SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED",
            isOld ? .unavailable : .unauthenticated, of: server, trusting)
        var unknown = trusting
        unknown.identity = identity("unknown")
        try expectDemand("SSL_R_TLSV1_ALERT_UNKNOWN_CA", .unauthenticated, of: server, unknown)
    }

    /// In TLS 1.3 the client's handshake is over before the server looks at its certificate.
    private func expectDemand(
        _ name: String, _ code: StorageError.Code, of server: TLSTestServer,
        _ options: RedisTLSOptions
    ) throws {
        let link = try TLSLink(server, options)
        let error = try #require(throws: StorageError.self) {
            try link.handshake()
            _ = try link.drain()
        }
        #expect(error.native?.name == name, "\(error)")
        #expect(error.code == code)
        #expect(!error.isRetryable)
        #expect(error.message.contains("RedisTLSOptions.identity"))
    }

    private func identity(_ name: String) -> RedisTLSOptions.Identity {
        .init(
            certificateFile: certificates.certificate(name), keyFile: certificates.key(name))
    }
}
