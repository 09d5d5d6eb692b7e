import StorageKit
import Testing

@testable import RelationalBackend

@Suite("JSON in SQLite", .nothingLeftOpen)
struct SQLiteJSONTests {
    struct Address: Codable, Equatable, Sendable {
        var street: String
        var city: String
    }

    struct Person: Codable, Equatable, Identifiable, Sendable {
        var id: Int
        var name: String
        var address: Address
        var tags: [String]
    }

    static let people = [
        Person(
            id: 1, name: "Ada", address: .init(street: "St James's Sq. \"12\"", city: "London"),
            tags: ["maths", "engines"]),
        Person(id: 2, name: "Émilie", address: .init(street: "", city: "Paris 👍"), tags: []),
        Person(
            id: 3, name: "Grace", address: .init(street: "1\n2", city: "New York"),
            tags: ["compilers", "maths"]),
    ]

    static func withPeople(_ body: (SQLiteDatabase) async throws -> Void) async throws {
        try await SQLiteDatabaseTests.withDatabase(.file) { database in
            try await database.execute(
                script: """
                    CREATE TABLE person (
                        id INTEGER PRIMARY KEY, name TEXT NOT NULL,
                        address TEXT NOT NULL CHECK (json_valid(address)), tags TEXT NOT NULL,
                        city TEXT AS (json_extract(address, '$.city')) STORED
                    ) STRICT;
                    CREATE INDEX person_city ON person (city);
                    """)
            let table = SQLiteTable<Person>("person", in: database)
            for person in people { try await table.insert(person) }
            try await body(database)
        }
    }

    @Test("a nested struct and an array are JSON that SQLite's own functions read")
    func functions() async throws {
        try await Self.withPeople { database in
            let paris = try await database.query(
                "SELECT id FROM person WHERE json_extract(address, '$.city') = \("Paris 👍")",
                as: Int.self, limit: 9)
            #expect(paris == [2])
            let street = try await database.first(
                "SELECT address ->> 'street' FROM person WHERE id = 1", as: String.self)
            #expect(street == Self.people[0].address.street)
            let tagged = try await database.query(
                """
                SELECT DISTINCT person.id FROM person, json_each(person.tags) AS tag
                WHERE tag.value = \("maths") ORDER BY 1
                """, as: Int.self, limit: 9)
            #expect(tagged == [1, 3])
            let counts = try await database.query(
                "SELECT json_array_length(tags) FROM person ORDER BY id", as: Int.self, limit: 9)
            #expect(counts == [2, 0, 2])
        }
    }

    @Test("a generated column from JSON has an index that a query uses")
    func index() async throws {
        try await Self.withPeople { database in
            let plan = try await database.query(
                "EXPLAIN QUERY PLAN SELECT id FROM person WHERE city = \("London")",
                as: (Int, Int, Int, String).self, limit: 9)
            #expect(plan.contains { $0.3.contains("person_city") }, "\(plan)")
        }
    }

    @Test("what SQLite's functions changed in a document comes back as the struct")
    func changed() async throws {
        try await Self.withPeople { database in
            try await database.execute(
                """
                UPDATE person SET address = json_set(address, '$.city', \("Zürich")),
                    tags = json_insert(tags, '$[#]', \("new")) WHERE id = 2
                """)
            let person = try await database.first(
                "SELECT id, name, address, tags FROM person WHERE id = 2", as: Person.self)
            var expected = Self.people[1]
            expected.address.city = "Zürich"
            expected.tags = ["new"]
            #expect(person == expected)
        }
    }

    @Test("a result that is JSON decodes to an array of structs")
    func aggregated() async throws {
        struct Row: Codable, Sendable { var addresses: [Address] }
        try await Self.withPeople { database in
            let row = try await database.first(
                "SELECT json_group_array(json(address)) AS addresses FROM person", as: Row.self)
            #expect(try #require(row).addresses == Self.people.map(\.address))
        }
    }
}
