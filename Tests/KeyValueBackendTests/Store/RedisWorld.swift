import KeyValueBackend
import StorageKit
import TestSupport

/// A server of the test's own and a store on it.
struct RedisWorld: Sendable {
    let server: RedisServerProcess
    let store: RedisStore

    init(
        _ options: RedisServerOptions = RedisServerOptions(),
        configuration: RedisConfiguration = RedisConfiguration()
    ) async throws {
        server = try await RedisServerProcess.start(options)
        store = try RedisStore(url: server.url, configuration: configuration)
    }

    /// For a `defer`: the server ends with the last reference, which may go after its last use.
    func keep() {}

    /// Waits until the server says so.
    func wait(until isReached: (RedisServerProcess) throws -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(30)
        while try !isReached(server) {
            guard ContinuousClock.now < end else { throw TestFailure("it did not come") }
            await Task.yield()
        }
    }

    /// Waits until this many clients wait in a blocking command.
    func waitForBlocked(_ count: Int) async throws {
        try await wait { try $0.info("clients")["blocked_clients"] == "\(count)" }
    }
}

extension KeyValueStore {
    /// The key and its value as a string, for the many tests that want one.
    func text(_ key: ByteString) async throws -> String? { try await get(key)?.string }
}
