import Foundation

/// The server that the redis suite measures, from `STORAGEKIT_REDIS_URL`.
struct RedisBenchmarkAddress: CustomStringConvertible {
    static let variable = "STORAGEKIT_REDIS_URL"

    let url: String
    let host: String
    let port: Int
    /// The commands that a connection begins with: `AUTH` and `SELECT`, where the URL asks.
    let greeting: [[String]]

    /// Without user and password.
    var description: String { "\(host):\(port)" }

    static func fromEnvironment() throws -> Self {
        guard let url = ProcessInfo.processInfo.environment[variable] else {
            throw BenchmarkError.noServer(
                "\(variable) is not set; scripts/bench redis starts a server and sets it")
        }
        guard let address = Self(url: url) else {
            throw BenchmarkError.noServer(
                "\(variable) has to be redis://[user:password@]host[:port][/database]")
        }
        return address
    }

    private init?(url: String) {
        guard let parts = URLComponents(string: url), parts.scheme == "redis",
            let host = parts.host, !host.isEmpty
        else { return nil }
        self.url = url
        self.host = host
        port = parts.port ?? 6379
        greeting = Self.authentication(parts) + Self.selection(parts)
    }

    private static func authentication(_ parts: URLComponents) -> [[String]] {
        guard let password = parts.password else { return [] }
        let user = parts.user ?? ""
        return [user.isEmpty ? ["AUTH", password] : ["AUTH", user, password]]
    }

    private static func selection(_ parts: URLComponents) -> [[String]] {
        let database = parts.path.dropFirst()
        return database.isEmpty ? [] : [["SELECT", String(database)]]
    }
}
