import Foundation
import StorageKit
import Testing

@Suite("SQL fragments")
struct SQLTests {
    /// A dialect with numbered placeholders, as PostgreSQL's.
    struct Numbered: SQLDialect {
        func placeholder(_ number: Int) -> String { "$\(number)" }
    }

    /// A dialect with one placeholder, as SQLite's.
    struct Anonymous: SQLDialect {
        func placeholder(_ number: Int) -> String { "?" }
    }

    @Test("an interpolated value becomes a parameter and never text")
    func values() throws {
        let name = "Robert'); DROP TABLE todo; --"
        let sql: SQL = "INSERT INTO todo (title, rank) VALUES (\(name), \(7))"
        let rendered = try sql.rendered(for: Numbered())
        #expect(rendered.text == "INSERT INTO todo (title, rank) VALUES ($1, $2)")
        #expect(rendered.parameters == [.value(.text(name)), .value(.integer(7))])
    }

    @Test("the same fragment is written for each dialect in its own way")
    func dialects() throws {
        let sql: SQL = "SELECT \(1), \(2)"
        #expect(try sql.rendered(for: Numbered()).text == "SELECT $1, $2")
        #expect(try sql.rendered(for: Anonymous()).text == "SELECT ?, ?")
    }

    @Test("parameters of nested fragments are numbered through")
    func nesting() throws {
        let filter: SQL = "WHERE owner = \("ann")"
        let sql: SQL = "SELECT * FROM todo \(filter) LIMIT \(3)"
        let rendered = try sql.rendered(for: Numbered())
        #expect(rendered.text == "SELECT * FROM todo WHERE owner = $1 LIMIT $2")
        #expect(rendered.parameters == [.value(.text("ann")), .value(.integer(3))])
    }

    @Test(
        "an identifier is quoted, its own quotes doubled",
        arguments: [
            ("todo", "\"todo\""), ("a\"b", "\"a\"\"b\""), ("\"", "\"\"\"\""),
            ("x\"; DROP TABLE y; --", "\"x\"\"; DROP TABLE y; --\""), ("ünï", "\"ünï\""),
            ("x\"\u{301}; DROP TABLE y", "\"x\"\"\u{301}; DROP TABLE y\""),
        ])
    func identifiers(name: String, quoted: String) throws {
        #expect(try SQL.identifier(name).rendered(for: Numbered()).text == quoted)
    }

    @Test("an identifier that no database can have is refused")
    func impossibleIdentifiers() {
        for name in ["", "a\0b"] {
            #expect {
                try SQL.identifier(name).rendered(for: Numbered())
            } throws: {
                ($0 as? StorageError)?.code == .invalidArgument
            }
        }
    }

    @Test("an array becomes a list, and an empty one a subquery without rows")
    func lists() throws {
        let some: SQL = "id IN \([1, 2, 3])"
        #expect(try some.rendered(for: Numbered()).text == "id IN ($1, $2, $3)")
        let none: SQL = "id IN \([Int]())"
        #expect(try none.rendered(for: Numbered()).text == "id IN (SELECT NULL WHERE 1 = 0)")
    }

    @Test("an array of bytes is one parameter and not a list")
    func byteArrays() throws {
        let rendered = try ("\([1, 2] as [UInt8])" as SQL).rendered(for: Numbered())
        #expect(rendered == RenderedSQL(text: "$1", parameters: [.value(.bytes([1, 2]))]))
    }

    @Test("nil is bound as NULL, and a wrapped value as itself")
    func optionals() throws {
        let sql: SQL = "\(nil as Int?) \(5 as Int?)"
        #expect(
            try sql.rendered(for: Numbered()).parameters == [.value(.null), .value(.integer(5))])
    }

    @Test("a value that no database can hold fails when the statement is rendered")
    func unrepresentable() {
        let sql: SQL = "SELECT \(UInt64.max)"
        #expect {
            try sql.rendered(for: Numbered())
        } throws: {
            ($0 as? StorageError)?.code == .encodingFailed
        }
    }

    @Test("the failure of a nested fragment is the whole statement's")
    func nestedFailure() {
        let broken: SQL = "\(UInt64.max)"
        #expect(throws: StorageError.self) {
            try ("SELECT \(broken)" as SQL).rendered(for: Numbered())
        }
        #expect(throws: StorageError.self) {
            try [broken, "1"].joined(separator: ", ").rendered(for: Numbered())
        }
    }

    @Test("a description withholds every value")
    func description() {
        let sql: SQL = "SELECT \(identifier: "a") FROM b WHERE secret = \("hunter2")"
        #expect(sql.description == "SELECT \"a\" FROM b WHERE secret = ?")
    }

    @Test("a newtype over a bindable value needs no code")
    func newtypes() throws {
        struct TodoID: RawRepresentable, SQLBindable { var rawValue: Int }
        let sql: SQL = "\(TodoID(rawValue: 4))"
        #expect(try sql.rendered(for: Numbered()).parameters == [.value(.integer(4))])
    }
}
