import Foundation
import TestSupport
import Testing

@Suite(
    "Certificates for tests", .enabled(if: TestServer.redis.isExpected, TestServer.remedy))
struct TestCertificatesTests {
    private let certificates: TestCertificates

    init() throws { certificates = try .shared() }

    /// What `openssl verify` says against the authority.
    private func verify(
        _ certificate: String, _ options: String..., authority: String? = nil
    ) throws -> (code: Int32, output: String) {
        let trusted = ["-no-CApath", "-no-CAstore", "-CAfile", authority ?? certificates.authority]
        return try ChildProcess.run("openssl", ["verify"] + trusted + options + [certificate])
    }

    @Test("the server's holds for its name and its address")
    func server() throws {
        let path = certificates.server.certificate
        let server = ["-purpose", "sslserver"]
        #expect(try verify(path, server[0], server[1], "-verify_hostname", "localhost").code == 0)
        #expect(try verify(path, server[0], server[1], "-verify_ip", "127.0.0.1").code == 0)
        #expect(try verify(path, "-verify_hostname", "elsewhere.example").code != 0)
    }

    @Test("the wrong name is wrong, and nothing else is")
    func wrongName() throws {
        let path = certificates.wrongName.certificate
        let refusal = try verify(path, "-verify_hostname", "localhost")
        #expect(refusal.code != 0 && refusal.output.contains("hostname mismatch"))
        #expect(try verify(path, "-verify_hostname", "elsewhere.example").code == 0)
    }

    @Test("the expired one has expired, and nothing else is wrong with it")
    func expired() throws {
        let path = certificates.expired.certificate
        let refusal = try verify(path, "-verify_hostname", "localhost")
        #expect(refusal.code != 0 && refusal.output.contains("certificate has expired"))
        #expect(
            try verify(path, "-no_check_time", "-verify_hostname", "localhost").code == 0)
    }

    @Test("the untrusted one holds for its own authority alone")
    func untrusted() throws {
        let path = certificates.untrusted.certificate
        #expect(try verify(path).code != 0)
        #expect(try verify(path, authority: certificates.untrustedAuthority).code == 0)
    }

    @Test("the client's is for clients")
    func client() throws {
        let path = certificates.client.certificate
        #expect(try verify(path, "-purpose", "sslclient").code == 0)
        #expect(try verify(path, "-purpose", "sslserver").code != 0)
    }

    @Test("they are made once in a process")
    func once() throws {
        let again = try TestCertificates.shared()
        #expect(again === certificates)
    }

    @Test("a real server speaks TLS with them, and asks for the client's where it is told to")
    func handshake() async throws {
        var options = RedisServerOptions()
        options.tls = .init(
            identity: certificates.server, clientAuthority: certificates.authority)
        let server = try await RedisServerProcess.start(options)
        #expect(server.url.hasPrefix("rediss://"))
        let client = certificates.client
        let reach = ["-h", "localhost", "-p", "\(server.port)", "--tls"]
        let trust = ["--cacert", certificates.authority]
        let identity = ["--cert", client.certificate, "--key", client.key]
        let known = try ChildProcess.run("redis-cli", reach + trust + identity + ["PING"])
        #expect(known.output.contains("PONG"))
        let unknown = try ChildProcess.run("redis-cli", reach + trust + ["PING"])
        #expect(!unknown.output.contains("PONG"))
        let other = ["--cacert", certificates.untrustedAuthority]
        let distrustful = try ChildProcess.run("redis-cli", reach + other + identity + ["PING"])
        #expect(distrustful.output.contains("certificate verify failed"))
        #expect(try server.command("PING") == .status("PONG"))
    }
}
