import RelationalBackend
import StorageKit
import TestSupport
import Testing

/// A table with a name and a column that try to end the statement.
private struct Hostile: TableDescription {
    struct Row: Codable, Sendable {
        var id: Int
        var evil: Int

        enum CodingKeys: String, CodingKey {
            case id
            case evil = "x\" = 1; DROP TABLE person; --"
        }
    }
    static let name = "t\"; DROP TABLE person; --"
    let id = TableColumn<Int>("id")
    let evil = TableColumn<Int>("x\" = 1; DROP TABLE person; --")
}

@Suite("No text becomes SQL")
struct QueryInjectionTests {
    static let attempts = [
        "'; DROP TABLE person; --", "\"; DROP TABLE person; --", "') OR 1=1 --", "x' OR 'a'='a",
        "%", "_", "*", "[", "]", "\\", "?", "$1", ":a", "@a", "\u{0}",
        "'\u{301}; DROP TABLE person",
        "/*", "--", "; DELETE FROM person", "𝄞'", "\u{2019}; DROP TABLE person",
    ]

    @Test("whatever a text is, it is found as it is and changes nothing", arguments: attempts)
    func values(text: String) async throws {
        let database = try await QueryTables.filled()
        let person = Person(id: 9, name: text, nick: text, age: nil, score: 0, active: false)
        try await database.execute(People.insert(person))
        let conditions: [(TableReference<People>) -> SQLPredicate] = [
            { $0.name == text }, { $0.nick == text }, { $0.name.isIn([text]) },
            { $0.name.isBetween(text, text) }, { $0.name >= text && $0.name <= text },
        ]
        for condition in conditions {
            let found = try await database.query(People.all.filter(condition), limit: 9)
            #expect(found == [person])
        }
        if !text.contains("\0") {
            let found = try await database.query(
                People.all.filter { $0.name.hasPrefix(text) && $0.name.hasSuffix(text) }, limit: 9)
            #expect(found == [person])
        }
        try await database.execute(
            People.update(where: { $0.name == text }) { [$0.set(\.nick, to: text + text)] })
        try await database.execute("UPDATE person SET nick = \(text) WHERE name IN \([text])")
        let byHand = try await database.first(
            "SELECT nick FROM person WHERE \(identifier: "name") = \(text)", as: String.self)
        #expect(byHand.map { Array($0.unicodeScalars) } == Array(text.unicodeScalars))
        #expect(try await database.count(People.all) == 5)
        await database.close()
    }

    @Test("names of tables and columns are names, whatever is in them")
    func names() async throws {
        let database = try await QueryTables.filled()
        let column = "x\" = 1; DROP TABLE person; --"
        try await database.execute(
            """
            CREATE TABLE \(identifier: Hostile.name) (
                id INTEGER PRIMARY KEY, \(identifier: column) INTEGER NOT NULL
            )
            """)
        try await database.execute(Hostile.insert(Hostile.Row(id: 1, evil: 5)))
        try await database.execute(Hostile.upsert(Hostile.Row(id: 1, evil: 6)))
        try await database.execute(
            Hostile.update(where: { $0.evil == 6 }) { [$0.set(\.evil, to: $0.evil + 1)] })
        let query = Hostile.all.filter { $0.evil > 0 }.order { [$0.evil.descending] }
        #expect(try await database.query(query, limit: 2).map(\.evil) == [7])
        #expect(try await database.page(query, limit: 2).rows.map(\.evil) == [7])
        let pairs = Hostile.all.join(Hostile.self) { $0.evil == $1.evil }
            .group { left, _ in [left.evil] }
            .select { left, right in (left.evil, right.evil.sum()) }
        #expect(try await database.query(pairs, limit: 2).map(\.0) == [7])
        #expect(try await database.count(People.all) == 4)
        await database.close()
    }
}
