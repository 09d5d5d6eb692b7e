internal import COpenSSL
internal import StorageKit

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// What a failed call left behind, read on the thread that made it.
struct TLSFailure {
    /// The first error of OpenSSL's queue, 0 when it was empty.
    let queued: UInt
    /// What became of the server's certificate, an `X509_V_…`.
    let verification: Int
    let isInHandshake: Bool

    var reason: Int32 { ERR_GET_REASON(queued) }

    /// Whether the connection ended where TLS had not.
    var isCut: Bool {
        queued == 0 || isOfTLS && reason == SSL_R_UNEXPECTED_EOF_WHILE_READING
    }

    var isRefusedCertificate: Bool {
        isOfTLS && reason == SSL_R_CERTIFICATE_VERIFY_FAILED && verification != X509_V_OK
    }

    var isOfTLS: Bool { ERR_GET_LIB(queued) == ERR_LIB_SSL }
}

/// OpenSSL's reasons as ``StorageError`` codes: the one place where they meet.
///
/// A server that cannot prove who it is, and a client whom the server does not believe, are both
/// ``StorageError/Code/unauthenticated``: trying again does not help. Sources: sslerr.h and
/// "Diagnostics" of X509_STORE_CTX_get_error(3).
enum TLSErrorMapping {
    /// What is said about one reason.
    struct Row: Sendable {
        let number: Int32
        let name: String
        var code = StorageError.Code.unauthenticated
        let advice: String
        var isRetryable = false
    }

    /// The row for the result of verifying a certificate.
    static func row(verification number: Int32) -> Row {
        verification.first { $0.number == number }
            ?? Row(
                number: number, name: "X509_V_ERR_\(number)",
                advice: "check the server's certificate and the authority it is signed by")
    }

    /// The row for a reason of TLS, if it has one.
    static func row(reason number: Int32) -> Row? {
        reasons.first { $0.number == number }
    }

    private static let renew = "renew the server's certificate, and check this machine's clock"
    private static let name =
        "the certificate is for another name; connect to a name that it has, or set serverName"
    private static let authority =
        "if the server's authority is one of your own, give its certificate in "
        + "RedisTLSOptions.trust"

    /// Every row about the server's certificate; tested one by one.
    static let verification: [Row] = [
        Row(
            number: X509_V_ERR_CERT_HAS_EXPIRED, name: "X509_V_ERR_CERT_HAS_EXPIRED",
            advice: renew),
        Row(
            number: X509_V_ERR_CERT_NOT_YET_VALID, name: "X509_V_ERR_CERT_NOT_YET_VALID",
            advice: renew),
        Row(
            number: X509_V_ERR_HOSTNAME_MISMATCH, name: "X509_V_ERR_HOSTNAME_MISMATCH",
            advice: name),
        Row(
            number: X509_V_ERR_IP_ADDRESS_MISMATCH, name: "X509_V_ERR_IP_ADDRESS_MISMATCH",
            advice: name),
        Row(
            number: X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT,
            name: "X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT", advice: authority),
        Row(
            number: X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN,
            name: "X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN", advice: authority),
        Row(
            number: X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT,
            name: "X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT", advice: authority),
        Row(
            number: X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
            name: "X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY", advice: authority),
        Row(
            number: X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE,
            name: "X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE", advice: authority),
        Row(
            number: X509_V_ERR_CERT_SIGNATURE_FAILURE, name: "X509_V_ERR_CERT_SIGNATURE_FAILURE",
            advice: "the certificate is forged, or RedisTLSOptions.trust has another authority "
                + "of the same name"),
        Row(
            number: X509_V_ERR_CERT_REVOKED, name: "X509_V_ERR_CERT_REVOKED",
            advice: "its authority took the certificate back; give the server another one"),
        Row(
            number: X509_V_ERR_INVALID_PURPOSE, name: "X509_V_ERR_INVALID_PURPOSE",
            advice: "give the server a certificate whose extended key usage has serverAuth"),
        Row(
            number: X509_V_ERR_INVALID_CA, name: "X509_V_ERR_INVALID_CA",
            advice: "what signed the certificate is no authority; give the server another one"),
        Row(
            number: X509_V_ERR_EE_KEY_TOO_SMALL, name: "X509_V_ERR_EE_KEY_TOO_SMALL",
            advice: "give the server a certificate with a longer key"),
        Row(
            number: X509_V_ERR_CA_MD_TOO_WEAK, name: "X509_V_ERR_CA_MD_TOO_WEAK",
            advice: "have the certificate signed with SHA-256 or better"),
    ]

    private static let plain =
        "what answers does not speak TLS; connect to the server's tls-port, or without TLS"
    private static let versions =
        "server and client have no version of TLS in common; see minimumVersion and the server's "
        + "tls-protocols"
    private static let identity =
        "the server does not accept the client's certificate; check RedisTLSOptions.identity and "
        + "the server's tls-ca-cert-file"

    /// Every row about the conversation; tested one by one.
    static let reasons: [Row] = [
        Row(
            number: SSL_R_WRONG_VERSION_NUMBER, name: "SSL_R_WRONG_VERSION_NUMBER",
            code: .unavailable, advice: plain),
        Row(
            number: SSL_R_PACKET_LENGTH_TOO_LONG, name: "SSL_R_PACKET_LENGTH_TOO_LONG",
            code: .unavailable, advice: plain),
        Row(
            number: SSL_R_UNSUPPORTED_PROTOCOL, name: "SSL_R_UNSUPPORTED_PROTOCOL",
            code: .unavailable, advice: versions),
        Row(
            number: SSL_R_TLSV1_ALERT_PROTOCOL_VERSION, name: "SSL_R_TLSV1_ALERT_PROTOCOL_VERSION",
            code: .unavailable, advice: versions),
        Row(
            number: SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE,
            name: "SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE", code: .unavailable,
            advice: "the server found no common ground; check its tls-ciphers, and whether it "
                + "demands a client certificate (RedisTLSOptions.identity)"),
        Row(
            number: SSL_R_TLSV1_UNRECOGNIZED_NAME, name: "SSL_R_TLSV1_UNRECOGNIZED_NAME",
            code: .unavailable,
            advice: "the server does not know this name; check the host, or set serverName"),
        Row(
            number: SSL_R_TLSV1_ALERT_INTERNAL_ERROR, name: "SSL_R_TLSV1_ALERT_INTERNAL_ERROR",
            code: .unavailable, advice: "the server failed; its log says why", isRetryable: true),
        Row(
            number: SSL_R_DECRYPTION_FAILED_OR_BAD_RECORD_MAC,
            name: "SSL_R_DECRYPTION_FAILED_OR_BAD_RECORD_MAC", code: .unavailable,
            advice: "bytes were changed on their way; try again, and suspect the network",
            isRetryable: true),
        Row(
            number: SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED,
            name: "SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED",
            advice: "the server demands a client certificate; set RedisTLSOptions.identity"),
        Row(
            number: SSL_R_TLSV1_ALERT_UNKNOWN_CA, name: "SSL_R_TLSV1_ALERT_UNKNOWN_CA",
            advice: identity),
        Row(
            number: SSL_R_TLSV1_ALERT_ACCESS_DENIED, name: "SSL_R_TLSV1_ALERT_ACCESS_DENIED",
            advice: identity),
        Row(
            number: SSL_R_TLSV1_ALERT_DECRYPT_ERROR, name: "SSL_R_TLSV1_ALERT_DECRYPT_ERROR",
            advice: identity),
        Row(
            number: SSL_R_SSLV3_ALERT_BAD_CERTIFICATE, name: "SSL_R_SSLV3_ALERT_BAD_CERTIFICATE",
            advice: identity),
        Row(
            number: SSL_R_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE,
            name: "SSL_R_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE", advice: identity),
        Row(
            number: SSL_R_SSLV3_ALERT_CERTIFICATE_REVOKED,
            name: "SSL_R_SSLV3_ALERT_CERTIFICATE_REVOKED", advice: identity),
        Row(
            number: SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED,
            name: "SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED", advice: identity),
        Row(
            number: SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN,
            name: "SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN", advice: identity),
    ]
}

extension StorageError {
    /// The error for a call of OpenSSL that failed.
    ///
    /// - Parameters:
    ///   - failure: What the call left behind.
    ///   - server: The name the server has to prove.
    static func tls(_ failure: TLSFailure, server: String) -> StorageError {
        if failure.isRefusedCertificate {
            return tlsVerification(Int32(truncatingIfNeeded: failure.verification), server: server)
        }
        if failure.isCut { return failure.isInHandshake ? tlsClosedInHandshake(server) : tlsCut }
        let words = ERR_reason_error_string(failure.queued).map { String(cString: $0) } ?? "failed"
        let row = failure.isOfTLS ? TLSErrorMapping.row(reason: failure.reason) : nil
        return StorageError(
            code: row?.code ?? .unavailable,
            message: "TLS with \(server): \(words); "
                + (row?.advice ?? "check the server's log and its TLS settings"),
            native: .init(
                domain: "openssl", name: row?.name ?? words, number: Int(failure.reason)),
            isRetryable: row?.isRetryable ?? false)
    }

    /// The error for a certificate that does not prove who the server is.
    static func tlsVerification(_ result: Int32, server: String) -> StorageError {
        let row = TLSErrorMapping.row(verification: result)
        let words = String(cString: X509_verify_cert_error_string(Int(result)))
        return StorageError(
            code: row.code,
            message: "the server did not prove that it is \(server): \(words); \(row.advice)",
            native: .init(domain: "openssl", name: row.name, number: Int(result)),
            isRetryable: row.isRetryable)
    }

    static func tlsClosedInHandshake(_ server: String) -> StorageError {
        StorageError(
            code: .unavailable,
            message: "\(server) closed the connection in the TLS handshake; try again, and check "
                + "that the port is the server's tls-port and that it is not out of connections",
            native: unexpectedEnd)
    }

    private static var tlsCut: StorageError {
        StorageError(
            code: .unavailable,
            message: "the connection ended without TLS's close_notify, so what was on its way may "
                + "be lost; connect again",
            native: unexpectedEnd)
    }

    private static var unexpectedEnd: NativeCode {
        NativeCode(
            domain: "openssl", name: "SSL_R_UNEXPECTED_EOF_WHILE_READING",
            number: Int(SSL_R_UNEXPECTED_EOF_WHILE_READING))
    }

    /// The error for a socket's `errno`.
    static func tlsSocket(_ failure: Int32) -> StorageError {
        let words = String(cString: strerror(failure))
        return StorageError(
            code: .unavailable, message: "the connection failed: \(words); connect again",
            native: .init(domain: "errno", name: words, number: Int(failure)))
    }

    /// The error for options that OpenSSL cannot use, with what it says about them.
    static func tlsSetup(
        _ message: String, code: Code = .invalidArgument
    ) -> StorageError {
        let queued = ERR_get_error()
        ERR_clear_error()
        guard queued != 0, let words = ERR_reason_error_string(queued) else {
            return StorageError(code: code, message: "TLS: \(message)")
        }
        let reason = String(cString: words)
        return StorageError(
            code: code, message: "TLS: \(message) (\(reason))",
            native: .init(domain: "openssl", name: reason, number: Int(ERR_GET_REASON(queued))))
    }
}
