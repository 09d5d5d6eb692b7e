/// A server of a store has taken another part, or is no longer to be reached; see
/// ``CommandObserver``.
public struct ServerChange: Sendable {
    /// The database system, as OpenTelemetry names it.
    public var system: String
    /// The store, as its errors name it.
    public var store: String
    /// The server.
    public var server: ServerAddress
    /// What it was, in the words of the system's drivers.
    ///
    /// MongoDB's are `RSPrimary`, `RSSecondary`, `Standalone`, `Unknown` and some more.
    public var before: String
    /// What it is now.
    public var after: String

    /// Creates a change.
    public init(
        system: String, store: String, server: ServerAddress, before: String, after: String
    ) {
        self.system = system
        self.store = store
        self.server = server
        self.before = before
        self.after = after
    }
}
