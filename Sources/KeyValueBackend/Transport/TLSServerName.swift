internal import COpenSSL
internal import StorageKit

/// The name of a server: asked for in the handshake, proven by its certificate.
enum TLSServerName {
    /// The name as certificates have it: without the dot that ends an absolute name, and without
    /// the zone of an IPv6 address.
    static func normalised(_ name: String) -> String {
        if IPAddress.isVersion6(name) { return IPAddress.withoutZone(name) }
        return name.hasSuffix(".") ? String(name.dropLast()) : name
    }

    /// Has the connection ask for the name and, if wanted, refuse a certificate without it.
    static func demand(
        _ name: String, of ssl: OpaquePointer, verified: Bool
    ) throws(StorageError) {
        // OpenSSL takes an empty name for "any", so one must never come as far as that.
        guard RedisAddress.isHost(name) else {
            throw .tlsSetup("the server's name is neither the name of a host nor an IP address")
        }
        let isSet = IPAddress.isAddress(name) ? demandAddress : demandHost
        guard isSet(name, ssl, verified) else {
            throw .tlsSetup("OpenSSL has no memory left", code: .resourceExhausted)
        }
    }

    private static func demandHost(_ name: String, _ ssl: OpaquePointer, _ verified: Bool) -> Bool {
        guard storagekit_ssl_set_server_name(ssl, name) == 1 else { return false }
        guard verified else { return true }
        // Not `cache*.example.com`, which no public authority signs; RFC 9525, section 6.3.
        SSL_set_hostflags(ssl, UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS))
        return SSL_set1_host(ssl, name) == 1
    }

    /// RFC 6066, section 3: "Literal IPv4 and IPv6 addresses are not permitted" as the name that is
    /// asked for.
    private static func demandAddress(
        _ address: String, _ ssl: OpaquePointer, _ verified: Bool
    ) -> Bool {
        !verified || X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), address) == 1
    }
}
