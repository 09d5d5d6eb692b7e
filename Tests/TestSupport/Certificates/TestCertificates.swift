import Foundation

/// Certificates for tests of TLS, good and bad, made by the openssl tool.
///
/// They are made once in a process, when first asked for, and removed at its end. Keys are of
/// P-256, which are made in no time.
package final class TestCertificates: Sendable {
    /// A certificate and its key, as paths of PEM files.
    package struct Identity: Sendable {
        package let certificate: String
        package let key: String
    }

    /// The path of the certificate of the authority that signed the others.
    package var authority: String { authorityIdentity.certificate }
    /// For `localhost` and 127.0.0.1.
    package let server: Identity
    /// For `elsewhere.example`, and nothing else.
    package let wrongName: Identity
    /// For `localhost` and 127.0.0.1, on one day of the year 2020.
    package let expired: Identity
    /// For `localhost` and 127.0.0.1, from an authority that nobody trusts.
    package let untrusted: Identity
    /// The path of the certificate of that authority.
    package let untrustedAuthority: String
    /// For a client named `client`.
    package let client: Identity

    private let authorityIdentity: Identity
    private let folder: TemporaryFolder

    /// The certificates of this process.
    package static func shared() throws -> TestCertificates { try made.get() }
    private static let made = Result { try TestCertificates() }

    private init() throws {
        let folder = try TemporaryFolder()
        let authority = try CertificateMaker(authority: "authority", in: folder)
        let other = try CertificateMaker(authority: "other-authority", in: folder)
        let names = "DNS:localhost,IP:127.0.0.1"
        server = try authority.make("server", names: names)
        wrongName = try authority.make("wrong-name", names: "DNS:elsewhere.example")
        expired = try authority.make("expired", names: names, isExpired: true)
        untrusted = try other.make("untrusted", names: names)
        client = try authority.make("client", names: nil)
        untrustedAuthority = other.identity.certificate
        authorityIdentity = authority.identity
        self.folder = folder
    }
}
