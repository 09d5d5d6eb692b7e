public import StorageKit
internal import Synchronization

/// A relational store that does one thing wrong.
public struct BrokenRelationalStore<Base: RelationalStore>: RelationalStore {
    /// What it gives its bodies.
    public typealias Connection = BrokenRelationalConnection<Base.Connection>

    private struct RolledBack: Error {}

    let base: Base
    let defect: RelationalDefect
    let observation = BrokenObservation()
    private let holders = BrokenHolders()

    /// Breaks a store.
    public init(_ base: Base, _ defect: RelationalDefect) {
        self.base = base
        self.defect = defect
    }

    private var questions: BrokenQuestions<Base> { BrokenQuestions(base: base, defect: defect) }

    /// That of what is wrapped.
    public var dialect: any SQLDialect { base.dialect }

    /// Those of what is wrapped.
    public var limits: RelationalLimits { base.limits }

    /// Runs a statement, with the defect.
    @discardableResult
    public func execute(_ sql: SQL) async throws(StorageError) -> BrokenChanges {
        if defect == .refusesWhenBusy, holders.are { throw .noConnection }
        let changes = try await questions.execute(sql)
        if defect == .concealsDeletes, isDelete(sql) {
            observation.concealed.withLock { $0 = ["thing", "part"] }
        }
        return changes
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

    /// Lends a connection, with the defect.
    public func withConnection<Value: Sendable>(
        _ access: TransactionAccess,
        _ body: @Sendable @concurrent (Connection) async throws -> Value
    ) async throws -> Value {
        if defect == .wrapsConnections {
            return try await withTransaction(isolation: nil, access: access, body)
        }
        return try await holders.counting {
            try await base.withConnection(access) {
                try await body(Connection(base: $0, defect: defect))
            }
        }
    }

    /// Runs a transaction, with the defect.
    public func withTransaction<Value: Sendable>(
        isolation: TransactionIsolation?, access: TransactionAccess,
        _ body: @Sendable @concurrent (Connection) async throws -> Value
    ) async throws -> Value {
        let access = defect == .writesWhenReading ? .readWrite : access
        switch defect {
        case .reportsRolledBack:
            return try await reportingRolledBack(isolation, access, body)
        case .commitsWhenThrown:
            return try await base.withTransaction(isolation: isolation, access: access) {
                transaction in
                await AnyResult { try await body(Connection(base: transaction, defect: defect)) }
            }.get()
        case .commitsWhenCancelled:
            return try await committingWhenCancelled(isolation, access, body)
        case .forgetsToCommit:
            return try await rollingBack(isolation, access, body)
        default:
            return try await base.withTransaction(isolation: isolation, access: access) {
                try await body(Connection(base: $0, defect: defect))
            }
        }
    }

    private func reportingRolledBack<Value: Sendable>(
        _ isolation: TransactionIsolation?, _ access: TransactionAccess,
        _ body: @Sendable @concurrent (Connection) async throws -> Value
    ) async throws -> Value {
        do {
            return try await base.withTransaction(isolation: isolation, access: access) {
                try await body(Connection(base: $0, defect: defect))
            }
        } catch {
            observation.madeUp.withLock { $0 = ["thing"] }
            throw error
        }
    }

    /// Cancels the body alone, and not the transaction around it.
    private func committingWhenCancelled<Value: Sendable>(
        _ isolation: TransactionIsolation?, _ access: TransactionAccess,
        _ body: @Sendable @concurrent (Connection) async throws -> Value
    ) async throws -> Value {
        try await withoutActuallyEscaping(body) { body in
            let cancellation = Gate()
            let transaction = Task {
                try await base.withTransaction(isolation: isolation, access: access) { inner in
                    let work = Task { try await body(Connection(base: inner, defect: defect)) }
                    let canceller = Task {
                        await cancellation.pass()
                        work.cancel()
                    }
                    defer { canceller.cancel() }
                    return await AnyResult { try await work.value }
                }
            }
            return try await withTaskCancellationHandler {
                try await transaction.value.get()
            } onCancel: {
                cancellation.open()
            }
        }
    }

    private func isDelete(_ sql: SQL) -> Bool {
        (try? sql.rendered(for: dialect))?.text.hasPrefix("DELETE") == true
    }

    private func rollingBack<Value: Sendable>(
        _ isolation: TransactionIsolation?, _ access: TransactionAccess,
        _ body: @Sendable @concurrent (Connection) async throws -> Value
    ) async throws -> Value {
        let value = BrokenRowMemory<Value>()
        do {
            try await base.withTransaction(isolation: isolation, access: access) { transaction in
                let result = try await body(Connection(base: transaction, defect: defect))
                value.rows.withLock { $0 = [result] }
                throw RolledBack()
            }
        } catch is RolledBack {}
        guard let value = value.rows.withLock({ $0?.first }) else { throw RolledBack() }
        return value
    }

    /// Closes what is wrapped.
    public func close() async { if defect != .staysOpen { await base.close() } }
}

/// How many hold a connection.
private final class BrokenHolders: Sendable {
    private let count = Atomic<Int>(0)

    var are: Bool { count.load(ordering: .relaxed) > 0 }

    func counting<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        count.add(1, ordering: .relaxed)
        defer { count.subtract(1, ordering: .relaxed) }
        return try await body()
    }
}

extension StorageError {
    fileprivate static var noConnection: StorageError {
        StorageError(code: .resourceExhausted, message: "no connection is free")
    }
}
