/// A command that a store has sent to its database, and what became of it; see ``CommandObserver``.
///
/// There are names, numbers and times in it, and never a value: not the command itself, not its
/// answer, and not what the server says of an error in words.
public struct CommandEvent: Sendable {
    /// The database system, as OpenTelemetry names it: `mongodb`.
    public var system: String
    /// The store, as its errors name it.
    public var store: String
    /// The command's name, for example `find` or `insert`.
    public var command: String
    /// The database it was for, if that is known.
    public var database: String?
    /// The collection it was for, if it was for one.
    public var collection: String?
    /// Who it was sent to.
    public var server: ServerAddress
    /// The number of the request among those of its client.
    public var requestID: Int64
    /// From the moment it was about to be sent until its answer was there.
    public var duration: Duration
    /// Whether it was to wait for something to happen, as those of a change feed are: its duration
    /// says nothing of the server.
    public var waits: Bool
    /// How large the answer was; `nil` when there was none.
    public var replyBytes: Int?
    /// What the command as a whole failed with.
    ///
    /// Single writes of it that were refused are no failure of the command.
    public var error: StorageError?

    /// Creates an event.
    public init(
        system: String, store: String, command: String, database: String? = nil,
        collection: String? = nil, server: ServerAddress, requestID: Int64 = 0,
        duration: Duration, waits: Bool = false, replyBytes: Int? = nil, error: StorageError? = nil
    ) {
        self.system = system
        self.store = store
        self.command = command
        self.database = database
        self.collection = collection
        self.server = server
        self.requestID = requestID
        self.duration = duration
        self.waits = waits
        self.replyBytes = replyBytes
        self.error = error
    }
}
