import Foundation
import StorageKit
import Synchronization
import TestSupport
import Testing

@testable import RelationalBackend

@Suite("Functions and collations written in Swift", .nothingLeftOpen)
struct SQLiteFunctionTests {
    struct Refusal: Error, Equatable { var reason = "a secret reason" }

    static let functions: [SQLiteFunction] = [
        .scalar("answer") { 42 },
        .scalar("initial", isDeterministic: true) { (name: String) in String(name.prefix(1)) },
        .scalar("joined") { (a: Int, b: String, c: Double?) in "\(a) \(b) \(c ?? -1)" },
        .scalar("same") { (value: SQLValue) in value },
        .scalar("half") { (value: Int?) in value.map { Double($0) / 2 } },
        .scalar("nan") { Double.nan },
        .scalar("refuses") { (_: String) throws -> Int in throw Refusal() },
        .scalar("limits") { (_: String) throws -> Int in
            throw StorageError(code: .limitExceeded, message: "that is too long")
        },
        .aggregate("longest", initial: { "" }) { (longest: inout String, text: String) in
            if text.count > longest.count { longest = text }
        } result: { longest in
            longest
        },
        .aggregate("product", isDeterministic: true, initial: { 1 }) {
            (product: inout Int, factor: Int) throws in
            let (result, overflow) = product.multipliedReportingOverflow(by: factor)
            if overflow { throw Refusal() }
            product = result
        } result: { product in
            product
        },
    ]

    static func withFunctions(
        _ kind: SQLiteDatabaseTests.Kind = .file, _ functions: [SQLiteFunction] = functions,
        _ collations: [SQLiteCollation] = [],
        _ body: (SQLiteDatabase) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        let database = SQLiteDatabase(
            kind == .file ? .file(folder.file("test.db")) : .memory, functions: functions,
            collations: collations)
        try await body(database)
        await database.close()
    }

    @Test(
        "arguments and results have the types of Swift",
        arguments: SQLiteDatabaseTests.Kind.allCases)
    func types(kind: SQLiteDatabaseTests.Kind) async throws {
        try await Self.withFunctions(kind) { database in
            let answer = try await database.first("SELECT answer()", as: Int.self)
            #expect(answer == 42)
            let initial = try await database.first(
                "SELECT initial(\("Ümit")), INITIAL('')", as: (String, String).self)
            #expect(try #require(initial) == ("Ü", ""))
            let joined = try await database.query(
                "SELECT joined(1, 'x', 2.5) UNION ALL SELECT joined(2, '', NULL)", as: String.self,
                limit: 10)
            #expect(joined == ["1 x 2.5", "2  -1.0"])
            let half = try await database.first(
                "SELECT half(3), half(NULL)", as: (Double?, Double?).self)
            #expect(try #require(half) == (1.5, nil))
        }
    }

    @Test("every value comes through a function as it is")
    func values() async throws {
        try await Self.withFunctions { database in
            let values: [SQLValue] = [
                .null, .integer(.min), .integer(.max), .real(-0.5), .real(.infinity), .text(""),
                .text("a\0b"), .text("👩‍👩‍👧"), .bytes([]), .bytes([0, 255]),
            ]
            for value in values {
                let same = try await database.first(
                    "SELECT same(\(value)), 1", as: (SQLValue, Int).self)
                #expect(same?.0 == value)
            }
        }
    }

    @Test("every connection has them: the writer, each reader, and those in place")
    func everyConnection() async throws {
        try await Self.withFunctions { database in
            try await database.execute(
                script: """
                    CREATE TABLE person (name TEXT, short TEXT AS (initial(name)) STORED);
                    CREATE INDEX by_initial ON person (initial(name))
                    """)
            try await database.execute("INSERT INTO person (name) VALUES ('Ada'), ('Grace')")
            try await database.withTransaction(access: .readOnly) { first in
                let one = try await first.first("SELECT answer()", as: Int.self)
                #expect(one == 42)
                let other = try await Task.detached {
                    try await database.query(
                        "SELECT short FROM person ORDER BY 1", as: String.self, limit: 9)
                }.value
                #expect(other == ["A", "G"])
            }
            let lookup: SQL = "SELECT name FROM person WHERE initial(name) = \("G")"
            // On a machine with much else to do a read in place is slow now and then, and a worker
            // has the next ones for a while.
            let readers = try #require(database.readers)
            var wasInPlace = false
            for _ in 0..<5000 where !wasInPlace {
                let hops = readers.acceptedCalls
                let found = try await database.first(lookup, as: String.self, isLookup: true)
                #expect(found == "Grace")
                wasInPlace = readers.acceptedCalls == hops
            }
            #expect(wasInPlace)
        }
    }

    @Test("an aggregate has a state for each group, and one for no rows")
    func aggregates() async throws {
        try await Self.withFunctions { database in
            let groups = try await database.query(
                """
                WITH v (n, t) AS (VALUES (1, 'a'), (2, 'bb'), (3, 'cccc'), (4, 'd'))
                SELECT n % 2, product(n), longest(t) FROM v GROUP BY n % 2 ORDER BY 1
                """, as: (Int, Int, String).self, limit: 10)
            #expect(groups.map(\.1) == [8, 3])
            #expect(groups.map(\.2) == ["bb", "cccc"])
            let empty = try await database.first(
                "SELECT product(n), longest('x') FROM (SELECT 1 AS n) WHERE n = 2",
                as: (Int, String).self)
            #expect(try #require(empty) == (1, ""))
        }
    }

    @Test("an argument of another type is an error that names it and withholds its value")
    func wrongArguments() async throws {
        try await Self.withFunctions { database in
            for call: SQL in [
                "SELECT initial(\(123_456))", "SELECT initial(NULL)",
                "SELECT initial(123456)", "SELECT product(\("123456"))",
            ] {
                let error = try await expectError(.decodingFailed) {
                    _ = try await database.first(call, as: String.self)
                }
                #expect(error.message.contains("argument 1"), "\(error)")
                // A value that is written into the text is the text's, not ours to withhold.
                #expect(!error.message.contains("123456"))
                #expect((error.underlying as? StorageError)?.code == .decodingFailed)
            }
            try await expectError(.invalidStatement) {
                _ = try await database.first("SELECT initial('a', 'b')", as: String.self)
            }
            try await expectError(.encodingFailed) {
                _ = try await database.first("SELECT nan()", as: Double.self)
            }
        }
    }

    @Test("what a function throws is the statement's error, and nothing of it is in the text")
    func throwing() async throws {
        try await Self.withFunctions { database in
            let error = try await expectError(.invalidArgument) {
                _ = try await database.first("SELECT refuses(\("hush"))", as: Int.self)
            }
            #expect(error.underlying as? Refusal == Refusal())
            #expect(error.message.contains("\"refuses\" threw Refusal"))
            #expect(error.native?.name == "SQLITE_ERROR")
            #expect(!"\(error)".contains("secret") && !"\(error)".contains("hush"))
            try await expectError(.limitExceeded) {
                _ = try await database.first("SELECT limits('x')", as: Int.self)
            }
            let rows = "(SELECT \(Int.max) AS n UNION ALL SELECT 2 UNION ALL SELECT 3)"
            let product = try await expectError(.invalidArgument) {
                _ = try await database.first(
                    SQL(verbatim: "SELECT product(n) FROM \(rows)"), as: Int.self)
            }
            #expect(product.underlying is Refusal)
            // The next error is not taken for the function's.
            try await expectError(.invalidStatement) {
                _ = try await database.first("SELECT nothing", as: Int.self)
            }
        }
    }

    @Test("a write that a function fails has changed nothing")
    func atomic() async throws {
        try await Self.withFunctions { database in
            try await database.execute(script: "CREATE TABLE t (n)")
            try await expectError(.invalidArgument) {
                try await database.execute(
                    "INSERT INTO t SELECT 1 UNION ALL SELECT refuses('x')")
            }
            #expect(try await database.first("SELECT count(*) FROM t", as: Int.self) == 0)
        }
    }

    @Test("a collation orders, and says what is equal")
    func collations() async throws {
        let byLength = SQLiteCollation("by_length") { $0.count < $1.count }
        try await Self.withFunctions(.file, [], [byLength]) { database in
            try await database.execute(
                script: "CREATE TABLE word (text TEXT UNIQUE COLLATE by_length)")
            for word in ["ccc", "a", "bb"] {
                try await database.execute("INSERT INTO word VALUES (\(word))")
            }
            try await expectError(.constraintViolation) {
                try await database.execute("INSERT INTO word VALUES ('x')")
            }
            let words = try await database.query(
                "SELECT text FROM word ORDER BY text", as: String.self, limit: 9)
            #expect(words == ["a", "bb", "ccc"])
            #expect(
                try await database.first("SELECT text FROM word WHERE text = 'zz'", as: String.self)
                    == "bb")
        }
    }

    /// An object that closures hold.
    final class Witness: Sendable { let number = 0 }

    @Test(
        "what functions and collations hold is let go of when the database is",
        .timeLimit(.minutes(5)))
    func released() async throws {
        weak var witness: Witness?
        do {
            let held = Witness()
            witness = held
            let database = SQLiteDatabase(
                .memory,
                functions: [
                    .scalar("held") { held.number },
                    .aggregate("holds", initial: { held }) { (_: inout Witness, _: Int) in
                    } result: { _ in
                        0
                    },
                ], collations: [SQLiteCollation("held") { _, _ in held.number > 0 }])
            #expect(try await database.first("SELECT held() + holds(1)", as: Int.self) == 0)
            await database.close()
        }
        // The connection's thread holds it until the function that closed has returned.
        while witness != nil { await Task.yield() }
        #expect(witness == nil)
    }

    @Test("the state of a group is let go of when its statement fails or is left")
    func releasedState() async throws {
        let states = Mutex<[WeakState]>([])
        let function = SQLiteFunction.aggregate("kept") {
            let state = State()
            states.withLock { $0.append(WeakState(state)) }
            return state
        } step: { (_: inout State, n: Int) in
            if n == 3 { throw Refusal() }
        } result: { _ in
            0
        }
        try await Self.withFunctions(.memory, [function]) { database in
            let numbers = "(SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3)"
            try await expectError(.invalidArgument) {
                _ = try await database.first(
                    SQL(verbatim: "SELECT kept(n) FROM \(numbers)"), as: Int.self)
            }
            _ = try await database.first(
                SQL(verbatim: "SELECT kept(n) FROM \(numbers) WHERE n < 3"), as: Int.self)
            #expect(states.withLock { $0.count } >= 2)
            #expect(states.withLock { $0.allSatisfy { $0.state == nil } })
        }
    }

    final class State: Sendable {}

    // @unchecked Sendable: written once, before it is shared; reading a weak reference is atomic.
    final class WeakState: @unchecked Sendable {
        weak var state: State?

        init(_ state: State) { self.state = state }
    }

    @Test("a name that SQLite would cut or refuse is refused when the database is opened")
    func names() async throws {
        for name in ["", "a\0b", String(repeating: "x", count: 256)] {
            let database = SQLiteDatabase(.memory, functions: [.scalar(name) { 1 }])
            try await expectError(.invalidArgument) { try await database.open() }
            await database.close()
            let other = SQLiteDatabase(
                .memory, collations: [SQLiteCollation(name) { $0 < $1 }])
            try await expectError(.invalidArgument) { try await other.open() }
            await other.close()
        }
    }
}
