public import StorageKit

/// A connection of a broken relational store.
public struct BrokenRelationalConnection<Base: RelationalConnection>: RelationalConnection {
    let base: Base
    let defect: RelationalDefect

    private var questions: BrokenQuestions<Base> { BrokenQuestions(base: base, defect: defect) }

    /// That of what is wrapped.
    public var dialect: any SQLDialect { base.dialect }

    /// Runs a statement, with the defect.
    @discardableResult
    public func execute(_ sql: SQL) async throws(StorageError) -> BrokenChanges {
        try await questions.execute(sql)
    }

    /// Rows, with the defect.
    public func query<Row: Decodable & Sendable>(
        _ sql: SQL, as type: Row.Type
    ) -> RelationalRows<Row> {
        questions.rows(base.query(questions.sent(sql), as: type))
    }

    /// Rows as tuples, with the defect.
    public func query<
        First: SQLColumnDecodable, Second: SQLColumnDecodable, each Column: SQLColumnDecodable
    >(
        _ sql: SQL, as type: (First, Second, repeat each Column).Type
    ) -> RelationalRows<(First, Second, repeat each Column)> {
        questions.rows(base.query(questions.sent(sql), as: type))
    }

    /// Rows up to a limit, with the defect.
    public func query<Row: Decodable & Sendable>(
        _ sql: SQL, as type: Row.Type, limit: Int
    ) async throws(StorageError) -> [Row] {
        try await questions.limited(limit) { (limit) throws(StorageError) in
            try await base.query(questions.sent(sql), as: type, limit: limit)
        }
    }

    /// Rows as tuples up to a limit, with the defect.
    public func query<
        First: SQLColumnDecodable, Second: SQLColumnDecodable, each Column: SQLColumnDecodable
    >(
        _ sql: SQL, as type: (First, Second, repeat each Column).Type, limit: Int
    ) async throws(StorageError) -> [(First, Second, repeat each Column)] {
        try await questions.limited(limit) { (limit) throws(StorageError) in
            try await base.query(questions.sent(sql), as: type, limit: limit)
        }
    }

    /// The first row, with the defect.
    public func first<Row: Decodable & Sendable>(
        _ sql: SQL, as type: Row.Type
    ) async throws(StorageError) -> Row? {
        try await questions.first { () throws(StorageError) in
            try await base.query(questions.sent(sql), as: type, limit: 10_000)
        } or: { () throws(StorageError) in
            try await base.first(questions.sent(sql), as: type)
        }
    }

    /// The first row as a tuple, with the defect.
    public func first<
        First: SQLColumnDecodable, Second: SQLColumnDecodable, each Column: SQLColumnDecodable
    >(
        _ sql: SQL, as type: (First, Second, repeat each Column).Type
    ) async throws(StorageError) -> (First, Second, repeat each Column)? {
        try await questions.first { () throws(StorageError) in
            try await base.query(questions.sent(sql), as: type, limit: 10_000)
        } or: { () throws(StorageError) in
            try await base.first(questions.sent(sql), as: type)
        }
    }

    /// Runs an inner transaction, with the defect.
    public func withTransaction<Value: Sendable>(
        isolation: TransactionIsolation?, access: TransactionAccess,
        _ body: @Sendable @concurrent (Self) async throws -> Value
    ) async throws -> Value {
        if defect == .nestsFlat { return try await body(self) }
        guard defect == .keepsInnerWork else {
            return try await base.withTransaction(isolation: isolation, access: access) {
                try await body(Self(base: $0, defect: defect))
            }
        }
        return try await base.withTransaction(isolation: isolation, access: access) { inner in
            await AnyResult { try await body(Self(base: inner, defect: defect)) }
        }.get()
    }
}
