import RelationalBackend
import StorageKit

/// Somebody; much about them may be unknown.
struct Person: Codable, Hashable, Sendable, Identifiable {
    var id: Int
    var name: String
    var nick: String?
    var age: Int?
    var score: Double
    var active: Bool
}

struct People: TableDescription {
    typealias Row = Person
    static let name = "person"
    let id = TableColumn<Int>("id")
    let name = TableColumn<String>("name")
    let nick = TableColumn<String?>("nick")
    let age = TableColumn<Int?>("age")
    let score = TableColumn<Double>("score")
    let active = TableColumn<Bool>("active")
}

/// A visit of somebody's, or of somebody unknown.
struct Visit: Codable, Hashable, Sendable, Identifiable {
    var id: Int
    var person: Int?
    var host: Int
    var minutes: Int
}

struct Visits: TableDescription {
    typealias Row = Visit
    static let name = "visit"
    let id = TableColumn<Int>("id")
    let person = TableColumn<Int?>("person")
    let host = TableColumn<Int>("host")
    let minutes = TableColumn<Int>("minutes")
}

enum QueryTables {
    /// A database with both tables and nothing in them.
    static func empty() async throws -> SQLiteDatabase {
        let database = SQLiteDatabase(.memory)
        try await database.execute(
            script: """
                CREATE TABLE person (
                    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, nick TEXT, age INTEGER,
                    score REAL NOT NULL, active INTEGER NOT NULL
                ) STRICT;
                CREATE TABLE visit (
                    id INTEGER PRIMARY KEY, person INTEGER, host INTEGER NOT NULL,
                    minutes INTEGER NOT NULL
                ) STRICT;
                """)
        return database
    }

    static let people = [
        Person(id: 1, name: "Ada", nick: nil, age: 36, score: 9.5, active: true),
        Person(id: 2, name: "Blaise", nick: "B%", age: nil, score: 7, active: false),
        Person(id: 3, name: "Carl", nick: "princeps", age: 77, score: 9.5, active: true),
        Person(id: 4, name: "adam", nick: "", age: 36, score: -1, active: false),
    ]

    static let visits = [
        Visit(id: 1, person: 1, host: 3, minutes: 30),
        Visit(id: 2, person: nil, host: 3, minutes: 5),
        Visit(id: 3, person: 1, host: 2, minutes: 10),
        Visit(id: 4, person: 3, host: 1, minutes: 60),
    ]

    /// A database with the people and visits above.
    static func filled() async throws -> SQLiteDatabase {
        let database = try await empty()
        try await database.execute(People.insert(people))
        try await database.execute(Visits.insert(visits))
        return database
    }
}

/// A dialect that leaves everything to the standard, with PostgreSQL's parameters.
struct StandardDialect: SQLDialect {
    func placeholder(_ number: Int) -> String { "$\(number)" }
}
