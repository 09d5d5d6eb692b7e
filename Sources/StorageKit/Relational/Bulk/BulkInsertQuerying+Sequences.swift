extension BulkInsertQuerying {
    /// Inserts entities, which have columns as ``EncodedRow`` says.
    ///
    /// - Parameters:
    ///   - entities: Any number; all of them have the columns of the first.
    ///   - table: The table's name.
    /// - Returns: How many there were. For none nobody is asked.
    /// - Throws: ``StorageError/Code/encodingFailed`` for an entity that has other columns than the
    ///   first one, and what ``insert(into:columns:_:)`` throws; no row was inserted then.
    @inlinable
    @discardableResult
    public func insert<Entities: Sequence>(
        _ entities: sending Entities, into table: String
    ) async throws -> Int where Entities.Element: Encodable & SendableMetatype {
        try await insert(entitiesOf: BulkSource(entities.makeIterator()), into: table)
    }

    /// Inserts entities as they come, which have columns as ``EncodedRow`` says.
    ///
    /// - Parameters:
    ///   - entities: Any number; all of them have the columns of the first.
    ///   - table: The table's name.
    /// - Returns: How many there were. For none nobody is asked.
    /// - Throws: What the sequence threw, ``StorageError/Code/encodingFailed`` for an entity that
    ///   has other columns than the first one, and what ``insert(into:columns:_:)`` throws; no row
    ///   was inserted then.
    @inlinable
    @discardableResult
    public func insert<Entities: AsyncSequence>(
        _ entities: sending Entities, into table: String
    ) async throws -> Int where Entities.Element: Encodable & SendableMetatype {
        try await insert(
            entitiesOf: BulkSource(awaiting: entities.makeAsyncIterator()), into: table)
    }

    /// Inserts tuples, with a value for each column.
    ///
    /// - Parameters:
    ///   - rows: Any number.
    ///   - table: The table's name.
    ///   - columns: As many as the tuples have elements.
    /// - Returns: How many there were.
    /// - Throws: ``StorageError/Code/invalidArgument`` for another number of columns, and what
    ///   ``insert(into:columns:_:)`` throws; no row was inserted then.
    @inlinable
    @discardableResult
    public func insert<Rows: Sequence, each Value: SQLBindable>(
        _ rows: sending Rows, into table: String, columns: [String]
    ) async throws -> Int where Rows.Element == (repeat each Value) {
        try await insert(tuplesOf: BulkSource(rows.makeIterator()), into: table, columns: columns)
    }

    /// Inserts tuples as they come, with a value for each column.
    ///
    /// - Parameters:
    ///   - rows: Any number.
    ///   - table: The table's name.
    ///   - columns: As many as the tuples have elements.
    /// - Returns: How many there were.
    /// - Throws: What the sequence threw, ``StorageError/Code/invalidArgument`` for another number
    ///   of columns, and what ``insert(into:columns:_:)`` throws; no row was inserted then.
    @inlinable
    @discardableResult
    public func insert<Rows: AsyncSequence, each Value: SQLBindable>(
        _ rows: sending Rows, into table: String, columns: [String]
    ) async throws -> Int where Rows.Element == (repeat each Value) {
        try await insert(
            tuplesOf: BulkSource(awaiting: rows.makeAsyncIterator()), into: table, columns: columns)
    }

    /// Inserts rows of a single value.
    ///
    /// - Parameters:
    ///   - values: Any number.
    ///   - table: The table's name.
    ///   - column: The column they are for.
    /// - Returns: How many there were.
    /// - Throws: What ``insert(into:columns:_:)`` throws; no row was inserted then.
    @inlinable
    @discardableResult
    public func insert<Values: Sequence>(
        _ values: sending Values, into table: String, column: String
    ) async throws -> Int where Values.Element: SQLBindable {
        let source = BulkSource(values.makeIterator())
        return try await insert(into: table, columns: [column]) {
            try await source.batch { [try $0.sqlValue] }
        }
    }

    @inlinable
    func insert<Entity: Encodable & SendableMetatype>(
        entitiesOf source: BulkSource<Entity>, into table: String
    ) async throws -> Int {
        guard let first = try await source.next() else { return 0 }
        let row = try EncodedRow(first)
        // The first one tells the columns, and begins the first batch.
        let pending = BulkSource([row.values].makeIterator())
        return try await insert(into: table, columns: row.columns) {
            if let first = try await pending.next() { return [first] }
            return try await source.batch { try Self.values(of: $0, in: row.columns) }
        }
    }

    @inlinable
    func insert<each Value: SQLBindable>(
        tuplesOf source: BulkSource<(repeat each Value)>, into table: String, columns: [String]
    ) async throws -> Int {
        try await insert(into: table, columns: columns) {
            try await source.batch { row in
                var values: [SQLValue] = []
                values.reserveCapacity(columns.count)
                for value in repeat each row { values.append(try value.sqlValue) }
                guard values.count == columns.count else { throw StorageError.otherWidth }
                return values
            }
        }
    }

    @usableFromInline
    static func values(
        of entity: some Encodable, in columns: [String]
    ) throws(StorageError) -> [SQLValue] {
        let row = try EncodedRow(entity)
        guard row.columns == columns else { throw .otherColumns }
        return row.values
    }
}

extension StorageError {
    @usableFromInline
    static var otherWidth: StorageError {
        StorageError(
            code: .invalidArgument, message: "a row has another number of values than columns",
            operation: "insert")
    }

    fileprivate static var otherColumns: StorageError {
        StorageError(
            code: .encodingFailed,
            message: "an entity encodes other columns than the first one; write nil for what it "
                + "has no value for (encode, not encodeIfPresent left out)",
            operation: "insert")
    }
}
