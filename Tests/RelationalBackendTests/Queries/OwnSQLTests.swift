import RelationalBackend
import StorageKit
import TestSupport
import Testing

@Suite("SQL of one's own in typed queries")
struct OwnSQLTests {
    @Test("an OR in it does not let rows past the other conditions, and a sum stays one")
    func precedence() async throws {
        let database = try await QueryTables.filled()
        let own = SQLPredicate("id = 1 OR id = 2")
        let ids = People.all.select { $0.id }
        #expect(try await database.query(ids, limit: 9).count == 4)
        for query in [
            People.all.filter { own && $0.active }, People.all.filter { $0.active && own },
            People.all.filter { _ in own }.filter { $0.active },
            People.all.filter { SQLExpression<Int>("id + 1") * 2 == $0.id + 3 },
        ] {
            #expect(try await database.query(query.select { $0.id }, limit: 9) == [1])
        }
        try await database.execute(People.delete { own && $0.active })
        #expect(try await database.count(People.all) == 3)
        await database.close()
    }

    @Test("a value in other bytes is another one, though it is the same text to Swift")
    func exactTexts() async throws {
        let database = try await QueryTables.filled()
        try await database.execute("UPDATE person SET name = \("e\u{301}") WHERE id = 1")
        try await database.execute("DELETE FROM person WHERE id <> 1")
        let query = People.all.group { [$0.name == "\u{e9}"] }
            .select { ($0.name == "\u{e9}", $0.count) }
        #expect(try await database.query(query, limit: 9).map(\.0) == [false])
        let both = People.all.group { [$0.name == "\u{e9}", $0.name == "e\u{301}"] }
            .select { ($0.name == "\u{e9}", $0.name == "e\u{301}") }
        let rows = try await database.query(both, limit: 9)
        #expect(rows.map(\.0) == [false] && rows.map(\.1) == [true])
        await database.close()
    }

    @Test("rows that come once are ordered by what is selected, or refused on every database")
    func distinct() async throws {
        let database = try await QueryTables.filled()
        let byScore = People.all.order { [$0.score.descending] }
        let scores = byScore.select { $0.score }.distinct
        #expect(try await database.query(scores, limit: 9) == [9.5, 7, -1])
        let pairs = byScore.select { ($0.active, $0.score) }.distinct
        #expect(try await database.query(pairs, limit: 9).map(\.1) == [9.5, 7, -1])
        try await expectError(.invalidArgument) {
            _ = try await database.query(byScore.select { $0.active }.distinct, limit: 9)
        }
        try await expectError(.invalidArgument) {
            let doubled = byScore.select { ($0.active, $0.score * 2) }.distinct
            _ = try await database.query(doubled, limit: 9)
        }
        await database.close()
    }

    @Test("a table with the longest name can be joined with itself, twice")
    func longNames() throws {
        let trebled = Long.all.join(Long.self) { $0.id == $1.id }
            .join(Long.self) { $1.id == $2.id }
            .select { ($0.id, $1.id, $2.id) }
        let text = try trebled.sql.rendered(for: StandardDialect()).text
        let names = Set(text.split(separator: "\"").filter { $0.hasPrefix("é") })
        #expect(names.count == 3 && names.allSatisfy { $0.utf8.count <= 63 }, "\(names)")
    }

    @Test("fewer rows than none are refused, and the longest page is a page")
    func bounds() async throws {
        let database = try await QueryTables.filled()
        try await expectError(.invalidArgument) { _ = try await database.first(-1, of: People.all) }
        let page = try await database.page(People.all, limit: .max)
        #expect(page.rows == QueryTables.people && page.next == nil)
        await database.close()
    }
}

/// A table with a name of 63 bytes, beyond which PostgreSQL does not look.
private struct Long: TableDescription {
    typealias Row = Person
    static let name = String(repeating: "é", count: 31) + "x"
    let id = TableColumn<Int>("id")
}
