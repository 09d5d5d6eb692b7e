import StorageKit

/// A row of the table in which a value is kept.
private struct Kept<Value: Codable & Sendable>: Codable, Sendable {
    var id: Int
    var value: Value
}

extension RelationalScene {
    /// Expects values to come back as they were from a column of their kind: alone, in a tuple and
    /// in a struct.
    func expectKept<Value: SQLConvertible & Codable>(
        _ kind: SQLType, _ values: [Value],
        _ areSame: @Sendable (Value, Value) -> Bool
    ) async throws {
        let type = harness.columnType(kind)
        try await store.execute("CREATE TABLE kept (id INTEGER PRIMARY KEY, value \(type))")
        for (id, value) in values.enumerated() {
            try await store.execute("INSERT INTO kept (id, value) VALUES (\(id), \(value))")
            let row: SQL = "FROM kept WHERE id = \(id)"
            let seen = [
                try await store.first("SELECT value \(row)", as: Value.self),
                try await store.first("SELECT id, value \(row)", as: (Int, Value).self)?.1,
                try await store.first("SELECT id, value \(row)", as: Kept<Value>.self)?.value,
            ]
            for found in seen {
                try context.expect(
                    found.map { areSame($0, value) } == true,
                    "\(kind) number \(id), \(brief(value)), to come back", seen: brief(found))
            }
        }
        try await store.execute("DROP TABLE kept")
    }

    /// The same for values that are equal or not.
    func expectKept<Value: SQLConvertible & Codable & Equatable>(
        _ kind: SQLType, _ values: [Value]
    ) async throws {
        try await expectKept(kind, values) { $0 == $1 }
    }

    /// Expects a value to be refused by a column of its kind.
    func expectRefused(
        _ kind: SQLType, _ value: some SQLBindable, _ what: String
    ) async throws {
        let type = harness.columnType(kind)
        try await store.execute("CREATE TABLE kept (id INTEGER PRIMARY KEY, value \(type))")
        try await context.expectThrows(.encodingFailed, what) {
            try await store.execute("INSERT INTO kept (id, value) VALUES (1, \(value))")
        }
        let count = try await store.first("SELECT count(*) FROM kept", as: Int.self)
        try context.expectEqual(count, 0, "the rows after \(what) was refused")
        try await store.execute("DROP TABLE kept")
    }

    /// As much of a value as fits a message.
    private func brief(_ value: some Any) -> String {
        let text = describe(value)
        return text.count > 80 ? text.prefix(80) + "…" : text
    }
}
