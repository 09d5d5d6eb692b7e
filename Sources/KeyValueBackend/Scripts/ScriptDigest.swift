internal import COpenSSL
internal import StorageKit

/// The name of a script on the server: the SHA-1 of its text in 40 hexadecimal digits.
enum ScriptDigest {
    /// The digits, or `nil` when OpenSSL will not calculate SHA-1, as under FIPS rules of some
    /// systems.
    ///
    /// `EVP_Digest`: "a wrapper around the Digest Init_ex, Update and Final_ex functions"
    /// (EVP_DigestInit(3)); it keeps nothing.
    static func sha1(of text: ByteString) -> String? {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var count: UInt32 = 0
        let result = text.bytes.withUnsafeBytes { bytes in
            EVP_Digest(bytes.baseAddress, bytes.count, &digest, &count, EVP_sha1(), nil)
        }
        guard result == 1, count == 20 else { return nil }
        return digest.prefix(20).map(hexadecimal).joined()
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16)
        return byte < 16 ? "0" + digits : digits
    }
}
