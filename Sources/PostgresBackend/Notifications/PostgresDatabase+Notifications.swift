public import StorageKit

extension PostgresDatabase {
    /// Listens to channels.
    ///
    /// One round trip, and a connection for the first subscription of the database; none for
    /// channels that it listens to already. When it returns the subscription is in force: what is
    /// committed from now on arrives.
    ///
    /// Listening has a connection of its own besides those of the pool, with no polling: the event
    /// thread reads what comes.
    ///
    /// - Parameter channels: Their names, one at least, with upper and lower case told apart.
    /// - Throws: `invalidArgument` without channels, and for a name that is empty or has more than
    ///   63 bytes; `unavailable` when there is no connection in
    ///   ``PostgresConfiguration/connectionTimeout``; `permissionDenied` on a standby, which cannot
    ///   listen; `unsupported` where nothing is reset (``PostgresConfiguration/Reset/never``), as
    ///   sessions are a pooler's there and do not last.
    public func listen(to channels: [String]) async throws(StorageError) -> PostgresSubscription {
        try await named("listen") { () throws(StorageError) in
            guard !channels.isEmpty else {
                throw StorageError(
                    code: .invalidArgument, message: "name a channel to listen to")
            }
            for channel in channels { try ChannelName.check(channel) }
            try checkSessions()
            return PostgresSubscription(try await notifications.listen(to: Set(channels)))
        }
    }

    /// Notifies whoever listens to a channel at the moment.
    ///
    /// One round trip. It is kept for nobody who does not listen.
    ///
    /// - Parameters:
    ///   - channel: Its name.
    ///   - payload: At most 7,999 bytes.
    /// - Throws: `invalidArgument` for a name or a payload that is too long.
    public func notify(_ channel: String, _ payload: String = "") async throws(StorageError) {
        try await named("notify") { () throws(StorageError) in
            _ = try await run(.notification(channel, payload), .none)
        }
    }
}

extension PostgresHeldConnection {
    /// Notifies whoever listens to a channel when the transaction is committed, and nobody when it
    /// is not.
    ///
    /// One round trip. Several with the same words in one transaction arrive once.
    ///
    /// - Parameters:
    ///   - channel: Its name.
    ///   - payload: At most 7,999 bytes.
    /// - Throws: `invalidArgument` for a name or a payload that is too long.
    public func notify(_ channel: String, _ payload: String = "") async throws(StorageError) {
        try await named("notify") { () throws(StorageError) in
            _ = try await run(.notification(channel, payload), .none)
        }
    }
}

extension PostgresStatement {
    fileprivate static func notification(
        _ channel: String, _ payload: String
    ) throws(StorageError) -> PostgresStatement {
        try ChannelName.check(channel)
        try ChannelName.check(payload: payload)
        return try PostgresStatement("SELECT pg_catalog.pg_notify(\(channel), \(payload))")
    }
}
