import Foundation
import Testing

/// A server that a test needs, known by the environment variable that holds its address.
struct TestServer {
    static let redis = TestServer(variable: "STORAGEKIT_REDIS_URL")
    static let mongoDB = TestServer(variable: "STORAGEKIT_MONGODB_URL")
    static let postgres = TestServer(variable: "STORAGEKIT_POSTGRES_URL")

    /// What to type to have the servers, shown where a test is skipped for want of one.
    static let remedy: Comment = "scripts/servers start && eval \"$(scripts/servers env)\""

    let variable: String

    /// Whether the test is to run.
    ///
    /// Under `scripts/test` it runs without an address too, and fails: there a server that is
    /// missing is a mistake and not a choice.
    var isExpected: Bool {
        let environment = ProcessInfo.processInfo.environment
        return environment[variable] != nil || environment["STORAGEKIT_REQUIRE_SERVERS"] == "1"
    }

    func url() throws -> String {
        try #require(
            ProcessInfo.processInfo.environment[variable],
            "\(variable) is not set, and STORAGEKIT_REQUIRE_SERVERS asks for it")
    }
}
