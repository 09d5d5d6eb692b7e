import Foundation
import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@testable import KeyValueBackend

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

    @Test(
        "on a namespace of a server",
        arguments: KeyValueLaws.allCases(for: Namespaces.self) + KeyValueLaws.namespaceCases())
    func laws(law: ConformanceCase<Namespaces>) async { await keeps(law) }

    /// Namespaces of another server, through its socket file; its keys end with it.
    struct SocketFile: ExpiryHarness {
        func makeSubject() async throws -> NamespacedStore<RedisStore> {
            let store = try await SharedRedis.socketStore.value
            return store.namespace("storagekit-test \(UInt64.random(in: 0 ... .max))")
        }

        func letPass(_ time: Duration, for subject: NamespacedStore<RedisStore>) async throws {
            try await Namespaces().letPass(time, for: subject)
        }
    }

    @Test("through a socket file", arguments: KeyValueLaws.allCases(for: SocketFile.self))
    func socketFile(law: ConformanceCase<SocketFile>) async {
        let verdict = await ConformanceRunner(harness: SocketFile(), seed: testSeed).run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    /// Counts what goes over the shared connection, for each subject by itself.
    struct Counting: KeyValueRoundTripCountingHarness {
        func makeSubject() async throws -> NamespacedStore<RedisStore> {
            // A store of its own: its own connection, and so its own count.
            let store = RedisStore(core: RedisStoreCore(try await SharedRedis.configuration))
            return store.namespace("storagekit-test \(UInt64.random(in: 0 ... .max))")
        }

        func tearDown(_ subject: NamespacedStore<RedisStore>) async throws {
            try await Namespaces().tearDown(subject)
            await subject.base.close()
        }

        func roundTrips(of subject: NamespacedStore<RedisStore>) async throws -> Int {
            Int(subject.base.core.node.submittedRequests)
        }
    }

    @Test(
        "one round trip for each call", arguments: KeyValueLaws.roundTripCases(for: Counting.self))
    func roundTrips(law: ConformanceCase<Counting>) async {
        let verdict = await ConformanceRunner(harness: Counting(), seed: testSeed).run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test("no suite is forgotten")
    func complete() {
        let suites = [
            KeyValueLaws.cases(for: Namespaces.self),
            KeyValueLaws.expiryCases(for: Namespaces.self),
            KeyValueLaws.conditionalWriteCases(for: Namespaces.self),
            KeyValueLaws.conditionalExpiryCases(for: Namespaces.self),
            KeyValueLaws.counterCases(for: Namespaces.self),
            KeyValueLaws.hashCases(for: Namespaces.self),
            KeyValueLaws.sortedSetCases(for: Namespaces.self),
            KeyValueLaws.listCases(for: Namespaces.self),
            KeyValueLaws.setCases(for: Namespaces.self),
            KeyValueLaws.kindCases(for: Namespaces.self),
            KeyValueLaws.kindExpiryCases(for: Namespaces.self),
            KeyValueLaws.pipelineCases(for: Namespaces.self),
            KeyValueLaws.pipelineCounterCases(for: Namespaces.self),
            KeyValueLaws.atomicBatchCases(for: Namespaces.self),
            KeyValueLaws.atomicBatchCounterCases(for: Namespaces.self),
            KeyValueLaws.blockingListCases(for: Namespaces.self),
            KeyValueLaws.publishSubscribeCases(for: Namespaces.self),
        ]
        let all = KeyValueLaws.allCases(for: Namespaces.self)
        #expect(Set(suites.joined().map(\.id)) == Set(all.map(\.id)))
    }
}

/// The server that the laws share.
enum SharedRedis {
    static let store = Task<RedisStore, any Error> {
        RedisStore(core: RedisStoreCore(try await configuration))
    }

    /// One at the socket file of a server of its own: scans go through all that a server holds.
    static let socketStore = Task<RedisStore, any Error> {
        try RedisStore(url: try await socketServer.value.socketURL(), configuration: limited)
    }

    /// Its address, and limits that can be tried.
    static var configuration: RedisConfiguration {
        get async throws {
            let variables = ProcessInfo.processInfo.environment
            if let url = variables[TestServer.redis.variable] {
                return limited.addressed(to: try RedisAddress(url))
            }
            return limited.addressed(to: try RedisAddress(try await server.value.url))
        }
    }

    /// Redis's own limits are too large to be tried.
    private static var limited: RedisConfiguration {
        var configuration = RedisConfiguration()
        // No law is about it, and a machine that runs all tests at once may be late.
        configuration.operationTimeout = .seconds(60)
        configuration.limits.maximumKeyBytes = 4096
        configuration.limits.maximumValueBytes = 1 << 20
        configuration.limits.maximumElementsPerCall = 1000
        configuration.limits.maximumCommandsPerBatch = 1000
        return configuration
    }

    /// Ends with the process, and so does the other.
    private static let server = Task<RedisServerProcess, any Error> {
        try await RedisServerProcess.start()
    }

    private static let socketServer = Task<RedisServerProcess, any Error> {
        try await RedisServerProcess.start()
    }
}
