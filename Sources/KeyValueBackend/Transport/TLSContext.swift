internal import COpenSSL
internal import StorageKit

/// The owner of one `SSL_CTX *`: what all connections with the same ``RedisTLSOptions`` share.
///
/// Making one reads files, so it is made on a thread that may wait. It is not changed afterwards.
// Sendable because it is immutable after init. SSL_CTX_new(3): "An SSL_CTX object should not be
// changed after it is used to create any SSL objects or from multiple threads concurrently, since
// the implementation does not provide serialization of access for these cases." SSL_new, the one
// call that is made on it then, counts its references atomically.
final class TLSContext: @unchecked Sendable {
    let pointer: OpaquePointer
    /// The name a server must prove in place of its host.
    let serverName: String?
    /// Whether a server has to prove its name.
    let verifies: Bool

    /// Prepares what connections share.
    ///
    /// - Throws: ``StorageError/Code/invalidArgument`` when a file cannot be read or its contents
    ///   cannot be used.
    init(_ options: RedisTLSOptions) throws(StorageError) {
        ERR_clear_error()
        guard let created = SSL_CTX_new(TLS_client_method()) else {
            throw .tlsSetup("OpenSSL has no memory left for a context", code: .resourceExhausted)
        }
        pointer = created
        serverName = options.serverName
        verifies = options.trust != .dangerouslyTrustAnyServer
        if let serverName, !RedisAddress.isHost(serverName) {
            throw .tlsSetup("serverName is neither the name of a host nor an IP address")
        }
        try setProtocol(options.minimumVersion)
        try setTrust(options.trust)
        if let identity = options.identity { try setIdentity(identity) }
    }

    deinit { SSL_CTX_free(pointer) }

    private func setProtocol(_ version: RedisTLSOptions.Version) throws(StorageError) {
        let minimum = version == .v12 ? TLS1_2_VERSION : TLS1_3_VERSION
        guard storagekit_ssl_ctx_set_min_proto_version(pointer, minimum) == 1 else {
            throw .tlsSetup("this OpenSSL cannot do the minimumVersion", code: .unsupported)
        }
        storagekit_ssl_ctx_forbid_renegotiation(pointer)
        // A write may come again from another place in memory, and may end after any record.
        storagekit_ssl_ctx_set_mode(
            pointer,
            Int(SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER))
        // Otherwise each record costs two reads of the socket, one for its five bytes of header.
        storagekit_ssl_ctx_set_read_ahead(pointer)
    }

    // MARK: Trust

    private func setTrust(_ trust: RedisTLSOptions.Trust) throws(StorageError) {
        SSL_CTX_set_verify(pointer, verifies ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, nil)
        switch trust {
        case .system:
            guard SSL_CTX_set_default_verify_paths(pointer) == 1 else {
                throw .tlsSetup("the system's certificates cannot be used; give a certificateFile")
            }
        case .certificateFile(let file):
            try refuseNUL(in: file)
            guard SSL_CTX_load_verify_file(pointer, file) == 1 else {
                throw .tlsSetup("no certificates in PEM can be read from \(file)")
            }
        case .certificates(let pem): try addAuthorities(pem)
        case .dangerouslyTrustAnyServer: break
        }
    }

    private func addAuthorities(_ pem: ByteString) throws(StorageError) {
        let count = pem.bytes.withUnsafeBytes { bytes -> Int? in
            guard let source = BIO_new_mem_buf(bytes.baseAddress, Int32(clamping: bytes.count))
            else { return nil }
            defer { BIO_free(source) }
            return addAuthorities(readFrom: source)
        }
        guard let count, count > 0 else {
            throw .tlsSetup("the bytes of certificates(pem:) are not certificates in PEM")
        }
    }

    /// How many there were, or `nil` when one of them is not a certificate.
    private func addAuthorities(readFrom source: OpaquePointer) -> Int? {
        let store = SSL_CTX_get_cert_store(pointer)
        var count = 0
        while let certificate = PEM_read_bio_X509(source, nil, nil, nil) {
            defer { X509_free(certificate) }
            guard X509_STORE_add_cert(store, certificate) == 1 else { return nil }
            count += 1
        }
        // The end is reported as an error like any other.
        let reason = ERR_GET_REASON(ERR_peek_last_error())
        guard reason == PEM_R_NO_START_LINE else { return nil }
        ERR_clear_error()
        return count
    }

    // MARK: Identity

    private func setIdentity(_ identity: RedisTLSOptions.Identity) throws(StorageError) {
        try refuseNUL(in: identity.certificateFile)
        try refuseNUL(in: identity.keyFile)
        // OpenSSL's own callback asks at the terminal.
        SSL_CTX_set_default_passwd_cb(pointer) { _, _, _, _ in -1 }
        guard SSL_CTX_use_certificate_chain_file(pointer, identity.certificateFile) == 1 else {
            throw .tlsSetup("no certificate in PEM can be read from \(identity.certificateFile)")
        }
        guard SSL_CTX_use_PrivateKey_file(pointer, identity.keyFile, SSL_FILETYPE_PEM) == 1 else {
            throw .tlsSetup(
                "no unencrypted private key in PEM that fits \(identity.certificateFile) can be "
                    + "read from \(identity.keyFile)")
        }
    }

    private func refuseNUL(in path: String) throws(StorageError) {
        guard path.utf8.contains(0) else { return }
        throw .tlsSetup("the path of a file contains a NUL, where it would end")
    }
}
