import KeyValueBackend
import StorageKit
import TestSupport
import Testing

@Suite(
    "TLS through the store", .enabled(if: TestServer.redis.isExpected, TestServer.remedy),
    .timeLimit(.minutes(5)))
struct RedisTLSFaultTests {
    /// A server that shows this certificate, and a relay that counts.
    struct World {
        let server: RedisServerProcess
        let proxy: TCPProxy
        let certificates: TestCertificates

        init(
            _ identity: (TestCertificates) -> TestCertificates.Identity, asksClients: Bool = false
        ) async throws {
            certificates = try TestCertificates.shared()
            var options = RedisServerOptions()
            options.tls = .init(
                identity: identity(certificates),
                clientAuthority: asksClients ? certificates.authority : nil)
            server = try await RedisServerProcess.start(options)
            proxy = try TCPProxy(to: server.port)
        }

        func store(
            scheme: String = "rediss", host: String = "127.0.0.1",
            _ change: (inout RedisConfiguration) -> Void = { _ in }
        ) throws -> RedisStore {
            var configuration = RedisConfiguration.patient
            configuration.tls.trust = .certificateFile(certificates.authority)
            change(&configuration)
            return try RedisStore(
                url: "\(scheme)://\(host):\(proxy.port)", configuration: configuration)
        }

        /// Many calls at once, which all must be refused with this code, before their time is over.
        func expectRefusal(
            _ code: StorageError.Code, of store: RedisStore, words: String = "",
            sourceLocation: SourceLocation = #_sourceLocation
        ) async throws {
            let calls = (0..<20).map { _ in Task { try await store.increment("n") } }
            for call in calls {
                let error = try await expectError(code, sourceLocation: sourceLocation) {
                    _ = try await call.value
                }
                #expect(!error.mayHaveBeenApplied, sourceLocation: sourceLocation)
                #expect(error.message.contains(words), "\(error)", sourceLocation: sourceLocation)
            }
            #expect(proxy.counts.accepted <= 20, sourceLocation: sourceLocation)
            #expect(try server.command("GET", "n") == .string(nil), sourceLocation: sourceLocation)
        }

        func keep() {}
    }

    @Test("a certificate that proves the name carries commands, by name and by address")
    func valid() async throws {
        let world = try await World(\.server)
        defer { world.keep() }
        for host in ["127.0.0.1", "localhost"] {
            let store = try world.store(host: host)
            try await store.set("k", to: "v")
            #expect(try await store.get("k") == "v")
            await store.close()
        }
        #expect(world.proxy.counts.accepted == 2)
    }

    @Test("load over TLS goes on through cut connections")
    func load() async throws {
        let world = try await World(\.server)
        defer { world.keep() }
        let load = Load(on: try world.store(), tasks: 32)
        try await RedisLoadFaultTests.under(load) {
            for bytes in [0, 1, 5, 50, 500, 5000] {
                let accepted = world.proxy.counts.accepted
                world.proxy.cut(.resetting, after: bytes, .fromServer)
                try await world.proxy.counts { $0.accepted > accepted }
                try await load.goesOn(100)
            }
        }
        #expect(load.now.codes.isSubset(of: [.unavailable]))
    }

    @Test("a wrong name is refused, unless the name is said to be the right one")
    func wrongName() async throws {
        let world = try await World(\.wrongName)
        defer { world.keep() }
        try await world.expectRefusal(.unauthenticated, of: try world.store(), words: "127.0.0.1")
        let named = try world.store { $0.tls.serverName = "elsewhere.example" }
        #expect(try await named.increment("n") == 1)
    }

    @Test("an expired certificate is refused")
    func expired() async throws {
        let world = try await World(\.expired)
        defer { world.keep() }
        try await world.expectRefusal(.unauthenticated, of: try world.store(), words: "expired")
    }

    @Test("an unknown authority is refused, unless it is trusted or nobody is asked for")
    func unknownAuthority() async throws {
        let world = try await World(\.untrusted)
        defer { world.keep() }
        try await world.expectRefusal(.unauthenticated, of: try world.store(), words: "trust")
        let trusting = try world.store { [world] in
            $0.tls.trust = .certificateFile(world.certificates.untrustedAuthority)
        }
        #expect(try await trusting.increment("n") == 1)
        let careless = try world.store { $0.tls.trust = .dangerouslyTrustAnyServer }
        #expect(try await careless.increment("n") == 2)
    }

    @Test("a server that asks for a client's certificate refuses who has none, or another's")
    func clientCertificate() async throws {
        let world = try await World(\.server, asksClients: true)
        defer { world.keep() }
        let client = world.certificates.client
        let known = try world.store {
            $0.tls.identity = .init(certificateFile: client.certificate, keyFile: client.key)
        }
        #expect(try await known.increment("n") == 1)
        let accepted = world.proxy.counts.accepted
        let stranger = try world.store()
        let error = try await expectError(.unauthenticated) { _ = try await stranger.get("n") }
        #expect(error.message.contains("certificate"))
        // A reset may overtake the alert that says why; then the next connection tells.
        #expect(world.proxy.counts.accepted <= accepted + 20)
    }

    @Test("a port without TLS is not taken for one with it")
    func plainPort() async throws {
        let server = try ScriptedServer(
            saying: Array("-ERR unknown command\r\n".utf8), then: .closes)
        defer { server.stop() }
        let store = try RedisStore(
            url: "rediss://127.0.0.1:\(server.port)", configuration: .patient)
        let error = try await expectError(.unavailable) { _ = try await store.increment("n") }
        #expect(!error.mayHaveBeenApplied)
        #expect(error.message.contains("does not speak TLS"), "\(error)")
        #expect(server.accepted == 1)
        await store.close()
    }

    @Test("a plain server that says nothing to TLS is left when a connection's time is over")
    func plainServer() async throws {
        let world = try await FaultWorld()
        defer { world.keep() }
        let store = try RedisStore(
            url: "rediss://127.0.0.1:\(world.proxy.port)",
            configuration: .patient.with {
                $0.connectTimeout = .milliseconds(100)
                $0.retries = .atMost(0)
            })
        let error = try await expectError(.unavailable) { _ = try await store.increment("n") }
        #expect(!error.mayHaveBeenApplied)
    }

    @Test("a port with TLS is not taken for one without")
    func securePort() async throws {
        let world = try await World(\.server)
        defer { world.keep() }
        let store = try world.store(scheme: "redis") { $0.retries = .atMost(2) }
        do {
            _ = try await store.get("n")
            Issue.record("it answered")
        } catch {
            #expect([.unavailable, .corrupted].contains(error.code), "\(error)")
        }
        #expect(world.proxy.counts.accepted <= 3)
    }
}
