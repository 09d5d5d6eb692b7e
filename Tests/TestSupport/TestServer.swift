import Foundation
package import Testing

/// A server that a test needs, known by the environment variable that holds its address.
package struct TestServer: Sendable {
    package static let redis = TestServer(variable: "STORAGEKIT_REDIS_URL")
    package static let mongoDB = TestServer(variable: "STORAGEKIT_MONGODB_URL")
    package static let postgres = TestServer(variable: "STORAGEKIT_POSTGRES_URL")

    /// What to type to have the servers, shown where a test is skipped for want of one.
    package static let remedy: Comment = "scripts/servers start && eval \"$(scripts/servers env)\""

    package let variable: String

    /// Whether the test is to run.
    ///
    /// Under `scripts/test` it runs without an address too, and fails: there a server that is
    /// missing is a mistake and not a choice.
    ///
    /// A test that starts a server of its own, to break it, follows the same switch: who runs the
    /// tests without servers wants none started.
    package var isExpected: Bool {
        let environment = ProcessInfo.processInfo.environment
        return environment[variable] != nil || environment["STORAGEKIT_REQUIRE_SERVERS"] == "1"
    }

    package func url() throws -> String {
        try #require(
            ProcessInfo.processInfo.environment[variable],
            "\(variable) is not set, and STORAGEKIT_REQUIRE_SERVERS asks for it")
    }
}
