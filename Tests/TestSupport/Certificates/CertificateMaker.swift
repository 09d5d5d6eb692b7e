import Foundation

/// An authority and what it signs.
struct CertificateMaker {
    let identity: TestCertificates.Identity
    private let folder: TemporaryFolder
    private let configuration: String

    /// Makes an authority with a certificate signed by itself.
    init(authority name: String, in folder: TemporaryFolder) throws {
        self.folder = folder
        identity = Self.identity(name, in: folder)
        configuration = folder.file("\(name).cnf")
        try folder.write(Self.configuration(name, in: folder), to: "\(name).cnf")
        try folder.write("", to: "\(name).index")
        try Self.makeKey(identity.key)
        try Self.openssl(
            "req", "-x509", "-new", "-config", configuration, "-key", identity.key, "-subj",
            "/CN=StorageKit test \(name)", "-extensions", "authority", "-days", "2", "-out",
            identity.certificate)
    }

    /// Makes a certificate.
    ///
    /// - Parameter names: The names of a server, as `subjectAltName` has them; `nil` for a client.
    func make(
        _ name: String, names: String?, isExpired: Bool = false
    ) throws -> TestCertificates.Identity {
        let made = Self.identity(name, in: folder)
        try Self.makeKey(made.key)
        try Self.openssl(
            "req", "-new", "-config", configuration, "-key", made.key, "-subj", "/CN=\(name)",
            "-out", folder.file("\(name).csr"))
        try folder.write(Self.extensions(names: names), to: "\(name).ext")
        // x509 -req knows days from now only; ca knows dates.
        let validity =
            isExpired
            ? ["-startdate", "20200101000000Z", "-enddate", "20200102000000Z"] : ["-days", "2"]
        try Self.openssl(
            ["ca", "-batch", "-notext", "-config", configuration]
                + ["-in", folder.file("\(name).csr"), "-extfile", folder.file("\(name).ext")]
                + validity + ["-out", made.certificate])
        return made
    }

    private static func identity(
        _ name: String, in folder: TemporaryFolder
    ) -> TestCertificates.Identity {
        .init(certificate: folder.file("\(name).crt"), key: folder.file("\(name).key"))
    }

    private static func makeKey(_ path: String) throws {
        try openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", path)
    }

    private static func extensions(names: String?) -> String {
        let usage = names == nil ? "clientAuth" : "serverAuth"
        return """
            basicConstraints = critical, CA:false
            extendedKeyUsage = \(usage)
            \(names.map { "subjectAltName = \($0)" } ?? "")

            """
    }

    /// All that the tool would else look for in the system's configuration.
    private static func configuration(_ name: String, in folder: TemporaryFolder) -> String {
        """
        [req]
        distinguished_name = name
        [name]
        [authority]
        basicConstraints = critical, CA:true
        keyUsage = critical, keyCertSign, cRLSign
        subjectKeyIdentifier = hash
        [ca]
        default_ca = signing
        [signing]
        certificate = \(folder.file("\(name).crt"))
        private_key = \(folder.file("\(name).key"))
        database = \(folder.file("\(name).index"))
        new_certs_dir = \(folder.path)
        rand_serial = yes
        default_md = sha256
        unique_subject = no
        policy = any
        [any]
        commonName = supplied

        """
    }

    private static func openssl(_ arguments: String...) throws { try openssl(arguments) }

    private static func openssl(_ arguments: [String]) throws {
        let (code, output) = try ChildProcess.run("openssl", arguments)
        guard code == 0 else {
            throw TestFailure("openssl \(arguments[0]) ended with \(code):\n\(output)")
        }
    }
}
