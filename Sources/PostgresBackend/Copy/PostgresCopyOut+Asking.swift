public import StorageKit

extension PostgresDatabase {
    /// What a `COPY … TO STDOUT` sends, in pieces of whole rows.
    ///
    /// ```swift
    /// for try await lines in database.copyOut("COPY reading TO STDOUT (FORMAT csv, HEADER)") {
    ///     try file.write(contentsOf: lines)
    /// }
    /// ```
    ///
    /// One round trip to begin. A connection is held from the first piece to the last; the server
    /// sends them as fast as they are taken, and no faster. Who leaves before the end stops the
    /// server, and the connection goes on.
    ///
    /// - Parameter sql: A COPY in any format. It has no parameters.
    /// - Returns: Bytes: some thousand rows or a quarter of a megabyte, and at least one row, each.
    ///   Iterating throws `invalidArgument` for another statement, and for one with values.
    public func copyOut(_ sql: SQL) -> RelationalRows<[UInt8]> {
        RelationalRows { PostgresCopyOut(sql, from: .database(self)) }
    }
}

extension PostgresHeldConnection {
    /// What a `COPY … TO STDOUT` sends, in pieces of whole rows; it sees what its transaction has
    /// written.
    ///
    /// Other statements on the connection throw `invalidState` until it is over. Who leaves before
    /// the end of it in a transaction has the connection read the rest.
    ///
    /// - Parameter sql: A COPY in any format. It has no parameters.
    /// - Returns: Bytes: some thousand rows or a quarter of a megabyte, and at least one row, each.
    ///   Iterating throws `invalidArgument` for another statement, and for one with values.
    public func copyOut(_ sql: SQL) -> RelationalRows<[UInt8]> {
        RelationalRows { PostgresCopyOut(sql, from: .connection(self)) }
    }
}
