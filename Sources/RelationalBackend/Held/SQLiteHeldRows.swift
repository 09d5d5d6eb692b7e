internal import StorageKit

/// The rows of a statement on a connection that a task holds.
struct SQLiteHeldRows<Row: Sendable>: ResultSource {
    private let connection: SQLiteHeldConnection
    private let walk: SQLiteRowWalk<Row>

    init(_ connection: SQLiteHeldConnection, _ walk: SQLiteRowWalk<Row>) {
        self.connection = connection
        self.walk = walk
    }

    func nextBatch() async throws(StorageError) -> [Row] {
        let (hold, level) = (connection.hold, connection.level)
        return try await connection.run("query") { [walk] (session) throws(StorageError) in
            hold.add(walk, at: level)
            return try walk.nextBatch(session.connection)
        }
    }

    func close() {
        connection.hold.lease.runLater { [hold = connection.hold, walk] _ in hold.end(walk) }
    }
}
