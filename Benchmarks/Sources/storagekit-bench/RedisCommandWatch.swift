/// Watches what the server of the redis suites is sent.
struct RedisCommandWatch: Sendable {
    private let watcher: RedisBaseline
    private let speaker: RedisBaseline

    init(_ address: RedisBenchmarkAddress) throws {
        watcher = try RedisBaseline(address)
        speaker = try RedisBaseline(address)
        try watcher.watch()
    }

    /// The commands that the server was sent while the body ran, by whomever.
    func commands(during body: () async throws -> Void) async throws -> [String] {
        try speaker.say("storagekit-bench:begin")
        _ = try watcher.watched(until: "storagekit-bench:begin")
        try await body()
        try speaker.say("storagekit-bench:end")
        return try watcher.watched(until: "storagekit-bench:end")
    }
}
