/// What somebody has notified a channel of.
public struct PostgresNotification: Hashable, Sendable {
    /// The channel.
    public var channel: String
    /// What was said; empty when nothing was.
    public var payload: String
    /// The process of the server that served who said it, as `pg_backend_pid()` names it there.
    public var serverProcess: Int

    /// Creates a notification.
    public init(channel: String, payload: String, serverProcess: Int = 0) {
        self.channel = channel
        self.payload = payload
        self.serverProcess = serverProcess
    }
}
