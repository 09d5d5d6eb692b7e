internal import StorageKit

/// One run of a statement whose rows are fetched batch by batch, for whoever has to end it.
protocol SQLiteWalk: AnyObject, Sendable {
    /// Ends the run; on the connection's thread. It may be called more than once.
    func end()
}

/// One run of a statement whose rows are fetched batch by batch.
// @unchecked Sendable: between its creation and its release it is touched on its connection's
// thread alone, which takes turns.
final class SQLiteRowWalk<Row: Sendable>: SQLiteWalk, @unchecked Sendable {
    private enum Phase {
        case created
        case running(SQLitePreparedStatement)
        case over
    }

    private let sql: SQL
    private let shape: SQLiteRowShape<Row>
    private var phase = Phase.created
    private var size = SQLiteBatchSize()

    init(_ sql: SQL, _ shape: SQLiteRowShape<Row>) {
        self.sql = sql
        self.shape = shape
    }

    /// Whether no row is left, or the run was ended.
    var isOver: Bool { if case .over = phase { true } else { false } }

    /// The next rows: none at the end.
    func nextBatch(_ connection: SQLiteConnection) throws(StorageError) -> [Row] {
        switch phase {
        case .over: return []
        case .running(let prepared): return try fetch(prepared, at: try prepared.step())
        case .created:
            let prepared = try connection.begin(sql)
            phase = .running(prepared)
            do throws(StorageError) {
                return try fetch(prepared, at: try prepared.firstStep(width: shape.width))
            } catch {
                end()
                throw error
            }
        }
    }

    func end() {
        if case .running(let prepared) = phase { prepared.end() }
        phase = .over
    }

    /// Decodes rows from the one the statement is at, if it is at one.
    private func fetch(
        _ prepared: SQLitePreparedStatement, at isAtRow: Bool
    ) throws(StorageError) -> [Row] {
        guard isAtRow else {
            end()
            return []
        }
        let start = ContinuousClock.now
        var rows: [Row] = []
        rows.reserveCapacity(size.count)
        while true {
            rows.append(try shape.decode(prepared))
            guard rows.count < size.count else { break }
            guard try prepared.step() else {
                end()
                break
            }
        }
        size.record(start.duration(to: .now))
        return rows
    }
}
