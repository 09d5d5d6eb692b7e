import Foundation
import RelationalBackend
import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@Suite("A SQLite table as a repository", .nothingLeftOpen)
struct SQLiteTableTests {
    typealias Todo = SQLiteDatabaseTests.Todo

    @Test("insert tells a taken key from another broken rule, also when the key is no primary key")
    func takenKey() async throws {
        struct Person: Codable, Identifiable, Sendable { var id: Int; var mail: String }
        let database = SQLiteDatabase(.memory)
        try await database.execute(
            script:
                "CREATE TABLE person (id INTEGER UNIQUE, mail TEXT UNIQUE, extra TEXT DEFAULT 'x')")
        let people = SQLiteTable<Person>("person", in: database)
        try await people.insert(Person(id: 1, mail: "a"))
        let taken = try await expectError(.alreadyExists) {
            try await people.insert(Person(id: 1, mail: "b"))
        }
        #expect(taken.operation == "insert")
        #expect(taken.store == "sqlite::memory: table person")
        try await expectError(.constraintViolation) {
            try await people.insert(Person(id: 2, mail: "a"))
        }
        await database.close()
    }

    @Test("a clash in the primary key is no taken key when the key is another column")
    func foreignPrimaryKey() async throws {
        struct Page: Codable, Identifiable, Sendable {
            var number: Int
            var id: String
        }
        let database = SQLiteDatabase(.memory)
        try await database.execute(
            script: "CREATE TABLE page (number INTEGER PRIMARY KEY, id TEXT UNIQUE)")
        let pages = SQLiteTable<Page>("page", in: database)
        try await pages.insert(Page(number: 1, id: "a"))
        for write in [pages.insert, pages.upsert] {
            let error = try await expectError(.constraintViolation) {
                try await write(Page(number: 1, id: "b"))
            }
            #expect(error.message.contains("page.number"))
        }
        try await expectError(.alreadyExists) {
            try await pages.insert(Page(number: 2, id: "a"))
        }
        await database.close()
    }

    @Test("a column that the entity does not know keeps its value")
    func foreignColumns() async throws {
        try await SQLiteDatabaseTests.withDatabase(.memory) { database in
            try await database.execute("ALTER TABLE todo ADD COLUMN owner TEXT DEFAULT 'nobody'")
            let todos = SQLiteTable<Todo>("todo", in: database)
            try await todos.insert(Todo(id: 1, title: "a", done: false))
            try await database.execute("UPDATE todo SET owner = 'ann'")
            try await todos.replace(Todo(id: 1, title: "b", done: true))
            try await todos.upsert(Todo(id: 1, title: "c", done: true))
            let owner = try await database.first("SELECT owner FROM todo", as: String.self)
            #expect(owner == "ann")
        }
    }

    @Test("replacing an entity clears what it has no value for")
    func clearing() async throws {
        struct Note: Codable, Equatable, Identifiable, Sendable { var id: Int; var text: String? }
        let database = SQLiteDatabase(.memory)
        try await database.execute(script: "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)")
        let notes = SQLiteTable<Note>("note", in: database)
        try await notes.insert(Note(id: 1, text: "a"))
        try await notes.replace(Note(id: 1, text: nil))
        let found = try await notes.get(1)
        #expect(found == Note(id: 1, text: nil))
        await database.close()
    }

    @Test("keys can be text, UUIDs and newtypes")
    func keys() async throws {
        struct Key: RawRepresentable, Hashable, Codable, SQLConvertible { var rawValue: String }
        struct Item<ID: Hashable & Codable & Sendable>: Codable, Equatable, Identifiable, Sendable {
            var id: ID
        }
        func check<ID: SQLConvertible & Codable & Hashable>(_ ids: [ID]) async throws {
            let database = SQLiteDatabase(.memory)
            try await database.execute(script: "CREATE TABLE item (id TEXT PRIMARY KEY) STRICT")
            let items = SQLiteTable<Item<ID>>("item", in: database)
            for id in ids { try await items.insert(Item(id: id)) }
            let found = try await items.get(ids)
            #expect(Set(found.keys) == Set(ids))
            #expect(try await items.delete(ids[0]))
            #expect(try await items.get(ids[0]) == nil)
            await database.close()
        }
        try await check(["", "a", "ü"])
        try await check([UUID(), UUID()])
        try await check([Key(rawValue: "x"), Key(rawValue: "y")])
    }

    @Test("an entity whose key is not a property of it is refused with advice")
    func missingKey() async throws {
        struct Odd: Codable, Identifiable, Sendable {
            var mail: String
            var id: String { mail }
        }
        let database = SQLiteDatabase(.memory)
        try await database.execute(script: "CREATE TABLE odd (mail TEXT PRIMARY KEY)")
        try await expectError(.encodingFailed) {
            try await SQLiteTable<Odd>("odd", in: database).insert(Odd(mail: "a"))
        }
        let odds = SQLiteTable<Odd>("odd", in: database, key: "mail")
        try await odds.insert(Odd(mail: "a"))
        let found = try await odds.get("a")
        #expect(found?.mail == "a")
        await database.close()
    }

    @Test("a table that does not exist says so")
    func missingTable() async throws {
        let database = SQLiteDatabase(.memory)
        let error = try await expectError(.invalidStatement) {
            _ = try await SQLiteTable<Todo>("nowhere", in: database).get(1)
        }
        #expect(error.message.contains("no such table: nowhere"))
        await database.close()
    }

    @Test("names that need quoting are quoted")
    func oddNames() async throws {
        struct Odd: Codable, Equatable, Identifiable, Sendable {
            enum CodingKeys: String, CodingKey { case id = "the \"key\"", order }
            var id: Int
            var order: Int
        }
        let database = SQLiteDatabase(.memory)
        try await database.execute(
            script:
                #"CREATE TABLE "my; table" ("the ""key""" INTEGER PRIMARY KEY, "order" INTEGER)"#)
        let odds = SQLiteTable<Odd>("my; table", in: database, key: "the \"key\"")
        try await odds.upsert(Odd(id: 1, order: 2))
        try await odds.replace(Odd(id: 1, order: 3))
        let page = try await odds.scan(after: nil, limit: 5)
        #expect(page.entities == [Odd(id: 1, order: 3)])
        await database.close()
    }
}
