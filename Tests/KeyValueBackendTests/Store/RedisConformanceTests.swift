import Foundation
import KeyValueBackend
import StorageKit
import StorageKitTesting
import TestSupport
import Testing

/// The laws of the key-value family, on namespaces of one server.
@Suite(
    "Redis keeps the contract of key-value stores",
    .enabled(if: TestServer.redis.isExpected, TestServer.remedy))
struct RedisConformanceTests {
    /// A namespace of a server for each subject: of the one in the environment, or of our own.
    struct Namespaces: ExpiryHarness {
        func makeSubject() async throws -> NamespacedStore<RedisStore> {
            let store = try await SharedRedis.store.value
            return store.namespace("storagekit-test \(UInt64.random(in: 0 ... .max))")
        }

        /// What it wrote goes with it: a server of somebody else's is left as it was.
        func tearDown(_ subject: NamespacedStore<RedisStore>) async throws {
            for try await key in subject.keys(withPrefix: "") { try await subject.delete(key) }
        }

        /// The server's clock cannot be moved, so this waits: for a list that nobody fills, by the
        /// very clock that expiries go by.
        func letPass(_ time: Duration, for subject: NamespacedStore<RedisStore>) async throws {
            _ = try await subject.listPop(
                fromFirstOf: ["nobody fills this"], .first, waitingUpTo: time)
        }
    }

    @Test("on a namespace of a server", arguments: KeyValueLaws.allCases(for: Namespaces.self))
    func laws(law: ConformanceCase<Namespaces>) async {
        let verdict = await ConformanceRunner(harness: Namespaces(), seed: testSeed).run(law)
        #expect(verdict == .passed, "\(verdict)")
    }
}

/// The server that the laws share.
enum SharedRedis {
    static let store = Task<RedisStore, any Error> {
        // Redis's own limits are too large to be tried; the laws try these.
        var configuration = RedisConfiguration()
        configuration.limits.maximumKeyBytes = 4096
        configuration.limits.maximumValueBytes = 1 << 20
        configuration.limits.maximumElementsPerCall = 1000
        configuration.limits.maximumCommandsPerBatch = 1000
        let environment = ProcessInfo.processInfo.environment
        if let url = environment[TestServer.redis.variable] {
            return try RedisStore(url: url, configuration: configuration)
        }
        return try RedisStore(url: try await server.value.url, configuration: configuration)
    }

    /// Ends with the process.
    private static let server = Task<RedisServerProcess, any Error> {
        try await RedisServerProcess.start()
    }
}
