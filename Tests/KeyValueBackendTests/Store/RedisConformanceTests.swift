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

    private func keeps(_ law: ConformanceCase<Namespaces>) async {
        let verdict = await ConformanceRunner(harness: Namespaces(), seed: testSeed).run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test("values", arguments: KeyValueLaws.cases(for: Namespaces.self))
    func values(law: ConformanceCase<Namespaces>) async { await keeps(law) }

    @Test("expiry", arguments: KeyValueLaws.expiryCases(for: Namespaces.self))
    func expiry(law: ConformanceCase<Namespaces>) async { await keeps(law) }

    @Test("conditions", arguments: KeyValueLaws.conditionalWriteCases(for: Namespaces.self))
    func conditions(law: ConformanceCase<Namespaces>) async { await keeps(law) }

    @Test(
        "conditions and expiry",
        arguments: KeyValueLaws.conditionalExpiryCases(for: Namespaces.self)
    )
    func conditionsAndExpiry(law: ConformanceCase<Namespaces>) async { await keeps(law) }
}

/// The server that the laws share.
enum SharedRedis {
    static let store = Task<RedisStore, any Error> {
        if let url = ProcessInfo.processInfo.environment[TestServer.redis.variable] {
            return try RedisStore(url: url)
        }
        return try RedisStore(url: try await server.value.url)
    }

    /// Ends with the process.
    private static let server = Task<RedisServerProcess, any Error> {
        try await RedisServerProcess.start()
    }
}
