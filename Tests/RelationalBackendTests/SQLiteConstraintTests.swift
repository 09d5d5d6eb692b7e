import StorageKit
import TestSupport
import Testing

@testable import RelationalBackend

@Suite("Which rule SQLite says was broken", .nothingLeftOpen)
struct SQLiteConstraintTests {
    typealias Constraint = StorageError.Constraint

    static let schema = """
        CREATE TABLE parent (id INTEGER PRIMARY KEY);
        CREATE TABLE item (
            id INTEGER PRIMARY KEY, list TEXT NOT NULL, title TEXT,
            size INTEGER CONSTRAINT positive CHECK (size > 0), parent INTEGER REFERENCES parent,
            UNIQUE (list, title)
        );
        CREATE UNIQUE INDEX item_upper ON item (upper(title));
        INSERT INTO item (id, list, title) VALUES (1, 'a', 'b');
        """

    static let broken: [(String, Constraint)] = [
        ("(1, 'x', NULL, 1, NULL)", .init(.primaryKey, table: "item", columns: ["id"])),
        ("(2, 'a', 'b', 1, NULL)", .init(.unique, name: "item_upper")),
        ("(2, 'c', 'B', 1, NULL)", .init(.unique, name: "item_upper")),
        ("(2, NULL, NULL, 1, NULL)", .init(.notNull, table: "item", columns: ["list"])),
        ("(2, 'c', NULL, 0, NULL)", .init(.check, name: "positive")),
        ("(2, 'c', NULL, 1, 9)", .init(.foreignKey)),
    ]

    @Test("its kind, its name or its columns, as far as SQLite tells", arguments: broken.indices)
    func kinds(index: Int) async throws {
        let (values, constraint) = Self.broken[index]
        let database = SQLiteDatabase(.memory)
        try await database.execute(script: Self.schema)
        if values.contains("'a', 'b'") { try await database.execute("DROP INDEX item_upper") }
        let expected =
            values.contains("'a', 'b'")
            ? Constraint(.unique, table: "item", columns: ["list", "title"]) : constraint
        do {
            try await database.execute("INSERT INTO item VALUES \(SQL(verbatim: values))")
            Issue.record("\(values) was taken")
        } catch {
            #expect(error.constraint == expected, "\(error)")
        }
        await database.close()
    }

    @Test("another failure names no rule")
    func none() async throws {
        let database = SQLiteDatabase(.memory)
        let error = try await expectError(.invalidStatement) {
            try await database.execute("INSERT INTO nowhere VALUES (1)")
        }
        #expect(error.constraint == nil)
        await database.close()
    }
}
