public import StorageKit

/// How a TLS connection to Redis is secured; what is not said is secure.
///
/// A server has to prove that it is the one in the address: its certificate must be signed by an
/// authority in ``trust`` and carry the address's host. That is checked in the handshake, before
/// a password or any other byte is sent.
///
/// ```swift
/// var tls = RedisTLSOptions(trust: .certificateFile("/etc/redis/ca.pem"))
/// tls.identity = .init(certificateFile: "/etc/app/app.pem", keyFile: "/etc/app/app.key")
/// ```
public struct RedisTLSOptions: Hashable, Sendable {
    /// Whom to believe; the system's authorities unless you choose otherwise.
    public var trust: Trust
    /// The name the server must prove, a name or an IP address, where it is not the address's host:
    /// for a connection through a tunnel, or to an address a name was resolved to already.
    public var serverName: String?
    /// The certificate that this client shows, for a server that asks for one (`tls-auth-clients`).
    public var identity: Identity?
    /// The oldest version of TLS that is accepted.
    public var minimumVersion: Version

    /// Creates options.
    ///
    /// - Parameters:
    ///   - trust: Whom to believe.
    ///   - serverName: The name the server must prove; by default the address's host.
    ///   - identity: The certificate that this client shows.
    ///   - minimumVersion: The oldest version of TLS that is accepted.
    public init(
        trust: Trust = .system, serverName: String? = nil, identity: Identity? = nil,
        minimumVersion: Version = .v12
    ) {
        self.trust = trust
        self.serverName = serverName
        self.identity = identity
        self.minimumVersion = minimumVersion
    }
}

extension RedisTLSOptions {
    /// Whose signature makes a server believable.
    public enum Trust: Hashable, Sendable {
        /// The authorities of the system, as OpenSSL finds them; `SSL_CERT_FILE` and `SSL_CERT_DIR`
        /// in the environment name others.
        case system
        /// Those in a file, in PEM, and no others.
        case certificateFile(String)
        /// Those in these bytes, in PEM, and no others.
        case certificates(pem: ByteString)
        /// Nobody's: whoever answers is believed, so whoever is between you and the server can read
        /// the password and every value, and change them. For experiments.
        case dangerouslyTrustAnyServer
    }

    /// A certificate and the key that proves it is ours.
    public struct Identity: Hashable, Sendable {
        /// A file in PEM: the certificate, and after it those that lead to the authority.
        public var certificateFile: String
        /// A file in PEM with the private key, not encrypted.
        public var keyFile: String

        /// Creates an identity; the files are read when a connection is made.
        ///
        /// - Parameters:
        ///   - certificateFile: The file of the certificate and its chain, in PEM.
        ///   - keyFile: The file of the private key, in PEM, not encrypted.
        public init(certificateFile: String, keyFile: String) {
            self.certificateFile = certificateFile
            self.keyFile = keyFile
        }
    }

    /// A version of TLS.
    public enum Version: Hashable, Sendable {
        /// TLS 1.2, RFC 5246.
        case v12
        /// TLS 1.3, RFC 8446.
        case v13
    }
}
