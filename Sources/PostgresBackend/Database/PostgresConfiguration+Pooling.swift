extension PostgresConfiguration {
    /// What goes through PgBouncer in its transaction mode, or a pooler like it.
    ///
    /// There a session lasts for a transaction. So nothing is prepared, nothing is reset, and what
    /// needs a session is the caller's care: settings and locks of the session and temporary tables
    /// would stay behind for others. ``statementTimeout``, ``readRoute`` and `options` in the
    /// address are sent when a connection is opened, and PgBouncer refuses them unless it is told
    /// otherwise.
    public static var transactionPooling: PostgresConfiguration {
        var configuration = PostgresConfiguration()
        configuration.statementCacheCapacity = 0
        configuration.reset = .never
        return configuration
    }
}
