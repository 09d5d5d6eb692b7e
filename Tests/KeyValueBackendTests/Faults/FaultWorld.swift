import Foundation
import KeyValueBackend
import StorageKit
import TestSupport
import Testing

/// A server of the test's own, a relay in front of it, and a store that goes through the relay.
struct FaultWorld: Sendable {
    let server: RedisServerProcess
    let proxy: TCPProxy
    let store: RedisStore

    init(
        _ options: RedisServerOptions = RedisServerOptions(),
        configuration: RedisConfiguration = .patient
    ) async throws {
        server = try await RedisServerProcess.start(options)
        proxy = try TCPProxy(to: server.port)
        store = try RedisStore(url: server.url(port: proxy.port), configuration: configuration)
    }

    /// Another store on the same relay.
    func store(
        user: String = "", password: String = "", configuration: RedisConfiguration = .patient
    ) throws -> RedisStore {
        let credentials = password.isEmpty ? "" : "\(user):\(password)@"
        return try RedisStore(
            url: "redis://\(credentials)127.0.0.1:\(proxy.port)", configuration: configuration)
    }

    /// For a `defer`: the server ends with the last reference, which may be gone too early.
    func keep() {}

    /// Waits until it is so.
    func wait(until isReached: () throws -> Bool) async throws { try await reached(isReached) }
}

extension RedisConfiguration {
    /// With so much time for a call that who comes to its end has found a defect.
    static var patient: RedisConfiguration {
        var configuration = RedisConfiguration()
        configuration.operationTimeout = .seconds(30)
        configuration.backOff = BackOff(initial: .milliseconds(1), maximum: .milliseconds(20))
        return configuration
    }

    /// As ``patient``, and never sends anything twice.
    static var single: RedisConfiguration {
        var configuration = patient
        configuration.retries = .atMost(0)
        return configuration
    }

    func with(_ change: (inout RedisConfiguration) -> Void) -> RedisConfiguration {
        var configuration = self
        change(&configuration)
        return configuration
    }
}

/// Waits until it is so, letting other tasks work meanwhile.
func reached(_ isReached: () throws -> Bool) async throws {
    let end = ContinuousClock.now + .seconds(60)
    while try !isReached() {
        guard ContinuousClock.now < end else { throw TestFailure("it did not come") }
        await Task.yield()
    }
}

extension StorageError {
    /// Everything that a log could get to see of it.
    var allWords: String {
        let inner = (underlying as? StorageError)?.allWords ?? underlying.map { "\($0)" } ?? ""
        return "\(description) \(message) \(statement ?? "") \(inner)"
    }
}
