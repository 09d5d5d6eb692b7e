import Foundation
import Testing

/// Certificates made with the `openssl` command, in a folder that is gone afterwards.
final class TLSTestCertificates: Sendable {
    let folder: String

    init() throws {
        folder = NSTemporaryDirectory() + "storagekit-tls-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func certificate(_ name: String) -> String { "\(folder)/\(name).pem" }
    func key(_ name: String) -> String { "\(folder)/\(name).key" }

    /// An authority, which has signed itself.
    func makeAuthority(_ name: String) throws {
        try openssl(
            ["req", "-x509", "-days", "30", "-subj", "/CN=\(name)", "-out", certificate(name)]
                + newKey(name))
    }

    /// A certificate for these alternative names (`DNS:localhost,IP:127.0.0.1`).
    func make(_ name: String, for names: String, by authority: String, days: Int = 30) throws {
        let request = "\(folder)/\(name).csr"
        try openssl(
            ["req", "-new", "-subj", "/CN=\(name)", "-addext", "subjectAltName=\(names)"]
                + ["-out", request] + newKey(name))
        try openssl([
            "x509", "-req", "-in", request, "-copy_extensions", "copy", "-days", "\(days)",
            "-CA", certificate(authority), "-CAkey", key(authority), "-CAcreateserial",
            "-out", certificate(name),
        ])
    }

    private func newKey(_ name: String) -> [String] {
        ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
            + ["-keyout", key(name)]
    }

    func openssl(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "openssl \(arguments.joined(separator: " "))")
    }
}

/// A `redis-server` of the test's own that speaks TLS on a free port of 127.0.0.1.
final class TLSTestServer: Sendable {
    let port: UInt16
    private let process: Int32

    /// Whether tests that start a server are to run, by the rule of the tests with shared servers.
    static var isExpected: Bool {
        let environment = ProcessInfo.processInfo.environment
        return environment["STORAGEKIT_REDIS_URL"] != nil
            || environment["STORAGEKIT_REQUIRE_SERVERS"] == "1"
    }

    static let remedy: Comment = "scripts/servers start && eval \"$(scripts/servers env)\""

    /// - Parameters:
    ///   - certificates: Where the certificates are.
    ///   - name: The server's certificate.
    ///   - options: Further options of `redis-server`.
    init(_ certificates: TLSTestCertificates, _ name: String, options: [String] = []) throws {
        var started: (port: UInt16, process: Int32)?
        // Another process may take the port before the server does.
        for _ in 0..<5 where started == nil {
            let port = try Self.freePort()
            let arguments = Self.arguments(certificates, name, port: port) + options
            started = try Self.start(arguments).map { (port, $0) }
        }
        (port, process) = try #require(started, "redis-server did not start")
    }

    deinit { kill(process, SIGKILL) }

    private static func arguments(
        _ certificates: TLSTestCertificates, _ name: String, port: UInt16
    ) -> [String] {
        [
            "--bind", "127.0.0.1", "--port", "0", "--tls-port", "\(port)", "--save", "",
            "--appendonly", "no", "--dir", certificates.folder, "--tls-auth-clients", "no",
            "--tls-cert-file", certificates.certificate(name),
            "--tls-key-file", certificates.key(name),
            "--tls-ca-cert-file", certificates.certificate("authority"),
        ]
    }

    /// The process, or `nil` when it ended before it was ready.
    private static func start(_ arguments: [String]) throws -> Int32? {
        let process = Process()
        let log = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["redis-server"] + arguments
        process.standardOutput = log
        process.standardError = log
        try process.run()
        var text = ""
        while !text.contains("Ready to accept connections") {
            let more = log.fileHandleForReading.availableData
            guard !more.isEmpty else { return nil }
            text += String(decoding: more, as: UTF8.self)
        }
        // What it says later must not fill the pipe.
        log.fileHandleForReading.readabilityHandler = { _ = $0.availableData }
        return process.processIdentifier
    }

    static func freePort() throws -> UInt16 {
        let descriptor = try tcpSocket()
        defer { close(descriptor) }
        var address = loopback(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 ? getsockname(descriptor, $0, &length) : -1
            }
        }
        try #require(result == 0)
        return UInt16(bigEndian: address.sin_port)
    }

    /// A connected, non-blocking socket to the server.
    func connect() throws -> Int32 { try Self.connect(to: port) }

    static func connect(to port: UInt16) throws -> Int32 {
        let descriptor = try tcpSocket()
        var address = loopback(port: port)
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Foundation.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        try #require(result == 0)
        makeNonBlocking(descriptor)
        // Otherwise small pieces wait for each other's acknowledgement.
        var on: Int32 = 1
        let length = socklen_t(MemoryLayout<Int32>.size)
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, length)
        return descriptor
    }

    /// How many sockets of this process are connected to the server.
    func countConnections() throws -> Int {
        let names = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
        return names.compactMap(Int32.init).filter { descriptor in
            var address = sockaddr_in()
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let result = withUnsafeMutablePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    getpeername(descriptor, $0, &length)
                }
            }
            return result == 0 && address.sin_port == port.bigEndian
        }.count
    }

    private static func tcpSocket() throws -> Int32 {
        #if canImport(Darwin)
        let kind = SOCK_STREAM
        #else
        let kind = Int32(SOCK_STREAM.rawValue)
        #endif
        let descriptor = socket(AF_INET, kind, 0)
        try #require(descriptor >= 0)
        return descriptor
    }

    private static func loopback(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return address
    }
}

func makeNonBlocking(_ descriptor: Int32) {
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
}
