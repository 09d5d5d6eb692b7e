public import StorageKit
internal import Synchronization

extension BrokenRelationalStore: BulkInsertQuerying where Base: BulkInsertQuerying {
    /// Inserts rows, with the defect.
    public func insert(
        into table: String, columns: [String],
        _ nextBatch: @escaping @Sendable () async throws -> [[SQLValue]]
    ) async throws -> Int {
        try await BrokenBulkInsert(base: base, defect: defect)
            .insert(into: table, columns: columns, nextBatch)
    }
}

extension BrokenRelationalConnection: BulkInsertQuerying where Base: BulkInsertQuerying {
    /// Inserts rows, with the defect.
    public func insert(
        into table: String, columns: [String],
        _ nextBatch: @escaping @Sendable () async throws -> [[SQLValue]]
    ) async throws -> Int {
        try await BrokenBulkInsert(base: base, defect: defect)
            .insert(into: table, columns: columns, nextBatch)
    }
}

/// What a broken store and its connections have in common when they insert in bulk.
private struct BrokenBulkInsert<Base: BulkInsertQuerying>: Sendable {
    let base: Base
    let defect: RelationalDefect

    func insert(
        into table: String, columns: [String],
        _ nextBatch: @escaping @Sendable () async throws -> [[SQLValue]]
    ) async throws -> Int {
        guard defect == .insertsByTheBatch else {
            return try await base.insert(into: table, columns: columns) {
                let rows = changed(try await nextBatch())
                if defect == .wantsARow, rows.isEmpty { throw StorageError.noRows }
                return rows
            }
        }
        var count = 0
        while true {
            let rows = try await nextBatch()
            guard !rows.isEmpty else { return count }
            let batch = BrokenRowMemory<[SQLValue]>()
            batch.rows.withLock { $0 = rows }
            count += try await base.insert(into: table, columns: columns) {
                batch.rows.withLock { $0.take() ?? [] }
            }
        }
    }

    private func changed(_ rows: [[SQLValue]]) -> [[SQLValue]] {
        switch defect {
        case .losesLastOfBatch: rows.count > 1 ? Array(rows.dropLast()) : rows
        case .readsEscapes: rows.map { $0.map(\.withoutBackslashes) }
        default: rows
        }
    }
}

extension StorageError {
    fileprivate static var noRows: StorageError {
        StorageError(code: .invalidArgument, message: "there is no row to insert")
    }
}

extension SQLValue {
    /// As if a protocol's escapes had not been escaped.
    fileprivate var withoutBackslashes: SQLValue {
        guard case .text(let text) = self else { return self }
        return .text(text.filter { $0 != "\\" })
    }
}
