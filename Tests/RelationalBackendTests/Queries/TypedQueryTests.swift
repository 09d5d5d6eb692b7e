import RelationalBackend
import StorageKit
import TestSupport
import Testing

@Suite("Typed queries")
struct TypedQueryTests {
    @Test(
        "a query is this SQL in both dialects, and gives this on SQLite",
        arguments: QueryCase.all)
    func rendering(query: QueryCase) async throws {
        #expect(try query.statement.rendered(for: SQLiteDialect()).text == query.sqlite)
        #expect(try query.statement.rendered(for: StandardDialect()).text == query.standard)
        let database = try await QueryTables.filled()
        #expect(try await query.run(on: database) == query.result)
        await database.close()
    }

    @Test("a query gives its rows as an array, as a sequence, the first, or the first few")
    func forms() async throws {
        let database = try await QueryTables.filled()
        let query = People.all.order { [$0.id.ascending] }
        #expect(try await database.query(query, limit: 4) == QueryTables.people)
        var walked: [Person] = []
        for try await person in database.query(query) { walked.append(person) }
        #expect(walked == QueryTables.people)
        #expect(try await database.first(query) == QueryTables.people[0])
        #expect(try await database.first(query.filter { $0.id > 4 }) == nil)
        #expect(try await database.first(2, of: query) == Array(QueryTables.people.prefix(2)))
        let pairs = query.select { ($0.id, $0.name) }
        #expect(try await database.first(pairs)?.1 == "Ada")
        #expect(try await database.first(3, of: pairs).map(\.0) == [1, 2, 3])
        await expectLimit { _ = try await database.query(query, limit: 3) }
        await database.close()
    }

    @Test("counting and asking for existence ask the database, whatever the order")
    func counting() async throws {
        let database = try await QueryTables.filled()
        let active = People.all.filter { $0.active }.order { [$0.name.ascending] }
        #expect(try await database.count(active) == 2)
        #expect(try await database.exists(active))
        #expect(try await database.exists(active.filter { $0.id == 2 }) == false)
        let joined = Visits.all.join(People.self) { $0.person == $1.id }
        #expect(try await database.count(joined) == 3)
        await database.close()
    }

    @Test("queries run on a connection in a transaction, and see what it wrote")
    func inTransaction() async throws {
        let database = try await QueryTables.filled()
        try await database.withTransaction { transaction in
            try await transaction.execute(People.delete { $0.id != 1 })
            #expect(try await transaction.count(People.all) == 1)
        }
        #expect(try await database.count(People.all) == 1)
        await database.close()
    }

    @Test("a change gives back the rows as they have become")
    func returning() async throws {
        let database = try await QueryTables.filled()
        let older = People.update(where: { $0.age != nil }) { [$0.set(\.age, to: 40)] }
        let ids = try await database.query(older.returning { $0.id }, limit: 10)
        #expect(ids.sorted() == [1, 3, 4])
        let gone = try await database.first(People.delete { $0.id == 2 }.returning())
        #expect(gone == QueryTables.people[1])
        let new = Visit(id: 50, person: 1, host: 1, minutes: 1)
        #expect(try await database.first(Visits.insert(new).returning()) == new)
        await expectLimit {
            _ = try await database.query(Visits.deleteEveryRow().returning(), limit: 2)
        }
        #expect(try await database.count(Visits.all) == 5)
        await database.close()
    }

    @Test("inserting nothing, entities of different columns, and an update of nothing are refused")
    func refusals() async throws {
        let database = try await QueryTables.empty()
        try await expectError(.invalidArgument) { try await database.execute(People.insert([])) }
        try await expectError(.invalidArgument) {
            try await database.execute(Ragged.insert([Loose(id: 1, extra: 1), Loose(id: 2)]))
        }
        try await expectError(.invalidArgument) {
            try await database.execute(People.updateEveryRow { _ in [] })
        }
        let late = Visits.all.filter { $0.id > 1 }.join(People.self) { $0.person == $1.id }
        try await expectError(.invalidArgument) { _ = try await database.count(late) }
        try await expectError(.invalidArgument) {
            _ = try await database.count(People.all.filter { $0.name.contains("a\0") })
        }
        await database.close()
    }

    @Test(
        "a conflict in no columns, an update of a column twice and rows without columns are refused"
    )
    func refusedSyntax() async throws {
        let database = try await QueryTables.filled()
        let insertion = Visits.insert(Visit(id: 1, person: nil, host: 1, minutes: 1))
        let upserts = [
            insertion.ignoringConflicts(of: { _ in [] }),
            insertion.upserting(of: { _ in [] }) { old, new in [old.set(\.host, to: new.host)] },
            insertion.upserting(of: { [$0.id] }) { _, _ in [] },
            insertion.upserting(of: { [$0.id] }) { old, _ in
                [old.set(\.host, to: 1), old.set(\.host, to: 2)]
            },
        ]
        for upsert in upserts {
            try await expectError(.invalidArgument) { try await database.execute(upsert) }
        }
        for change in [
            Visits.update(where: { $0.id == 1 }) { _ in [] },
            Visits.updateEveryRow { [$0.set(\.host, to: 1), $0.set(\.host, to: 2)] },
        ] {
            try await expectError(.invalidArgument) { try await database.execute(change) }
        }
        try await expectError(.invalidArgument) {
            try await database.execute(Blank.insert(Blank.Row()))
        }
        try await expectError(.invalidArgument) {
            try await database.execute(Blank.upsert(Blank.Row()))
        }
        try await expectError(.invalidArgument) { _ = try await database.page(Blank.all, limit: 1) }
        try await expectError(.invalidArgument) {
            let groups = Visits.all.group { _ in [] }.select { $0.count }
            _ = try await database.query(groups, limit: 1)
        }
        #expect(try await database.query(Visits.all, limit: 9) == QueryTables.visits)
        await database.close()
    }

    @Test("a table with the name of the row that was to be inserted cannot be upserted into")
    func excluded() async throws {
        let database = SQLiteDatabase(.memory)
        try await database.execute("CREATE TABLE excluded (id INTEGER PRIMARY KEY, extra INTEGER)")
        try await database.execute(Excluded.insert(Loose(id: 1, extra: 1)))
        let upserts = [
            Excluded.upsert(Loose(id: 1, extra: 2)),
            Excluded.insert(Loose(id: 1, extra: 2)).upserting(of: { [$0.id] }) { old, new in
                [old.set(\.extra, to: new.extra)]
            },
        ]
        for upsert in upserts {
            try await expectError(.invalidArgument) { try await database.execute(upsert) }
        }
        let left = Excluded.insert(Loose(id: 1, extra: 2)).ignoringConflicts(of: { [$0.id] })
        #expect(try await database.execute(left).rowCount == 0)
        await database.close()
    }

    @Test("each table of a join has a name of its own, whatever the tables are called")
    func aliases() throws {
        let joined = People.all.join(People.self) { $0.id == $1.id }
            .join(Second.self) { _, second, third in second.id == third.id }
        let sql = try joined.select { $2.id }.sql.rendered(for: SQLiteDialect()).text
        #expect(
            sql == """
                SELECT "PERSON_2_2"."id" FROM "person" \
                JOIN "person" AS "person_2" ON "person"."id" = "person_2"."id" \
                JOIN "PERSON_2" AS "PERSON_2_2" ON "person_2"."id" = "PERSON_2_2"."id"
                """)
    }

    @Test("lists of any length are a few statements, and find what is in them")
    func listLengths() async throws {
        let database = try await QueryTables.filled()
        var texts: Set<String> = []
        for length in 1...1_030 {
            let query = People.all.filter { $0.id.isIn(Array(3..<(3 + length))) }
            let rendered = try query.sql.rendered(for: SQLiteDialect())
            texts.insert(rendered.text)
            guard length < 10 || length > 1_020 else { continue }
            let found = try await database.query(query.select { $0.id }, limit: 9)
            #expect(found == (length == 1 ? [3] : [3, 4]))
            #expect(length > 1_024 || rendered.parameters.count < 2 * length)
        }
        #expect(texts.count == 11 + 6, "the powers of two to 1,024, and each length beyond")
        await database.close()
    }

    @Test("a plan says what would be done, part by part")
    func plans() async throws {
        let database = try await QueryTables.filled()
        let plan = try await database.explain(
            Visits.all.join(People.self) { $0.person == $1.id }.select { $1.name })
        #expect(plan.steps.count == 2)
        #expect(plan.description.contains("SCAN visit"))
        #expect(plan.description.contains("SEARCH person USING INTEGER PRIMARY KEY"))
        let deletion = try await database.explain(People.deleteEveryRow())
        #expect(!deletion.steps.isEmpty || deletion.description.isEmpty)
        #expect(try await database.count(People.all) == 4)
        await database.close()
    }

    private func expectLimit(_ body: () async throws -> Void) async {
        _ = try? await expectError(.limitExceeded, body)
    }
}

/// An entity that leaves a column out when it has nothing for it.
struct Loose: Codable, Sendable {
    var id: Int
    var extra: Int?

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        if let extra { try container.encode(extra, forKey: .extra) }
    }
}

struct Ragged: TableDescription {
    typealias Row = Loose
    static let name = "ragged"
}

/// A table nothing is known of.
private struct Blank: TableDescription {
    struct Row: Codable, Sendable {}
    static let name = "blank"
    static let key: [String] = []
}

/// A table with the name that another one has in a join.
private struct Second: TableDescription {
    typealias Row = Loose
    static let name = "PERSON_2"
    let id = TableColumn<Int>("id")
}

/// A table with the name of the row that an upsert was to insert.
private struct Excluded: TableDescription {
    typealias Row = Loose
    static let name = "excluded"
    let id = TableColumn<Int>("id")
    let extra = TableColumn<Int>("extra")
}
