import StorageKit

// The table of typed queries: a name, the query, its SQL for SQLite, in the standard's words where
// they are others, and what it gives on every database.
extension QueryCase {
    private static let ids = People.all.order { [$0.id.ascending] }.select { $0.id }

    private static let aggregates = People.all.select {
        ($0.count, $0.age.count(), $0.age.sum(), $0.score.average(), $0.name.minimum())
    }

    static func people(
        _ name: String, _ sql: String, standard: String? = nil, postgres: String? = nil,
        _ ids: String, _ condition: (TableReference<People>) -> SQLPredicate
    ) -> QueryCase {
        let select = "SELECT \"id\" FROM \"person\" WHERE "
        return QueryCase(
            name, People.all.filter(condition).select { $0.id }, select + sql,
            standard: standard.map { select + $0 }, postgres: postgres.map { select + $0 }, ids)
    }

    static let conditions: [QueryCase] = [
        people("a value is the same", #""id" = ?"#, "[2]") { $0.id == 2 },
        people("a value differs", #""id" <> ?"#, "[1, 3, 4]") { $0.id != 2 },
        people("what may be NULL is the same", #""age" = ?"#, "[1, 4]") { $0.age == 36 },
        people(
            "what may be NULL differs, NULL too", #""age" IS NOT ?"#,
            standard: #""age" IS DISTINCT FROM $1"#, "[2, 3]"
        ) { $0.age != 36 },
        people("NULL", #""nick" IS NULL"#, "[1]") { $0.nick == nil },
        people("not NULL", #""nick" IS NOT NULL"#, "[2, 3, 4]") { $0.nick != nil },
        people(
            "two columns that may be NULL", #""age" IS "age""#,
            standard: #""age" IS NOT DISTINCT FROM "age""#, "[1, 2, 3, 4]"
        ) { $0.age == $0.age },
        people("an order leaves NULL out", #""age" > ?"#, "[3]") { $0.age > 36 },
        people(
            "the opposite takes NULL in", #"(("age" > ?) IS NOT TRUE)"#, "[1, 2, 4]"
        ) { !($0.age > 36) },
        people("less or the same", #""score" <= ?"#, "[2, 4]") { $0.score <= 7 },
        people("a range", #""id" BETWEEN ? AND ?"#, "[2, 3]") { $0.id.isBetween(2, 3) },
        people(
            "and binds as in Swift", #"("id" = ? OR ("id" = ? AND "age" > ?))"#, "[1, 3]"
        ) { $0.id == 1 || $0.id == 3 && $0.age > 50 },
        people("a truth by itself", #""active""#, "[1, 3]") { $0.active },
        people("its opposite", #"(("active") IS NOT TRUE)"#, "[2, 4]") { !$0.active },
        people("a list, filled up", #""id" IN (?, ?, ?, ?)"#, "[1, 4]") { $0.id.isIn([4, 1, 9]) },
        people(
            "an empty list", #""id" IN (SELECT NULL WHERE 1 = 0)"#,
            postgres: #""id" IN (SELECT NULL::bigint WHERE false)"#, "[]"
        ) { $0.id.isIn([]) },
        people(
            "not in an empty list", #"(("id" IN (SELECT NULL WHERE 1 = 0)) IS NOT TRUE)"#,
            postgres: #"(("id" IN (SELECT NULL::bigint WHERE false)) IS NOT TRUE)"#,
            "[1, 2, 3, 4]"
        ) { !$0.id.isIn([]) },
        people(
            "a beginning, in its case", #""name" GLOB ?"#, standard: #""name" LIKE $1"#, "[1]"
        ) { $0.name.hasPrefix("Ada") },
        people(
            "an end that would be a wildcard", #""nick" GLOB ?"#, standard: #""nick" LIKE $1"#,
            "[2]"
        ) { $0.nick.hasSuffix("%") },
        people(
            "a part", #""name" GLOB ?"#, standard: #""name" LIKE $1"#, "[1, 4]"
        ) { $0.name.contains("da") },
        people("arithmetic", #"("score" * ?) > ?"#, "[1, 3]") { $0.score * 2 > 18 },
    ]

    static let queries: [QueryCase] = [
        QueryCase(
            "entities in order",
            People.all.order { [$0.name.descending] }.filter { $0.id < 3 }
                .select { $0.name },
            #"SELECT "name" FROM "person" WHERE "id" < ? ORDER BY "name" DESC"#,
            #"["Blaise", "Ada"]"#),
        QueryCase(
            "NULL comes first",
            People.all.order { [$0.age.ascending, $0.id.descending] }
                .select { $0.id },
            #"SELECT "id" FROM "person" ORDER BY "age" NULLS FIRST, "id" DESC"#, "[2, 4, 1, 3]"),
        QueryCase(
            "or last", People.all.order { [$0.age.descending, $0.id.ascending] }.select { $0.id },
            #"SELECT "id" FROM "person" ORDER BY "age" DESC NULLS LAST, "id""#, "[3, 1, 4, 2]"),
        QueryCase(
            "each value once",
            People.all.order { [$0.score.ascending] }.select { $0.score }
                .distinct,
            #"SELECT DISTINCT "score" FROM "person" ORDER BY "score""#, "[-1.0, 7.0, 9.5]"),
        QueryCase(
            "a number of one's own is a number in an order, and no place",
            People.all.order { [SQLExpression<Int>("1").ascending, $0.id.descending] }
                .select { $0.id },
            #"SELECT "id" FROM "person" ORDER BY (1 + 0), "id" DESC"#, "[4, 3, 2, 1]"),
        QueryCase(
            "tuples",
            tuples: People.all.filter { $0.active }.select { ($0.name, $0.nick, $0.score) },
            #"SELECT "name", "nick", "score" FROM "person" WHERE "active""#,
            #"[("Ada", nil, 9.5), ("Carl", Optional("princeps"), 9.5)]"#),
        QueryCase(
            "bytewise order", People.all.order { [$0.name.bytewise.ascending] }.select { $0.id },
            #"SELECT "id" FROM "person" ORDER BY ("name" COLLATE BINARY)"#,
            standard: #"SELECT "id" FROM "person" ORDER BY ("name" COLLATE "C")"#, "[1, 2, 3, 4]"),
        QueryCase(
            "aggregates of all",
            tuples: aggregates,
            """
            SELECT count(*), count("age"), CAST(sum("age") AS BIGINT), \
            CAST(avg("score") AS DOUBLE PRECISION), min("name") FROM "person"
            """, #"[(4, 3, Optional(149), Optional(6.25), Optional("Ada"))]"#),
        QueryCase(
            "aggregates of nothing",
            tuples: People.all.filter { $0.id < 0 }.select { ($0.count, $0.age.maximum()) },
            #"SELECT count(*), max("age") FROM "person" WHERE "id" < ?"#, "[(0, nil)]"),
    ]

    static let groups: [QueryCase] = [
        QueryCase(
            "groups",
            tuples: Visits.all.group { [$0.host] }.having { $0.minutes.sum() > 20 }
                .order { [$0.host.ascending] }
                .select { ($0.host, $0.count, $0.person.distinctCount()) },
            """
            SELECT "host", count(*), count(DISTINCT "person") FROM "visit" GROUP BY "host" \
            HAVING CAST(sum("minutes") AS BIGINT) > ? ORDER BY "host"
            """, "[(1, 1, 1), (3, 2, 1)]"),
        QueryCase(
            "groups of a computation, which is the same one everywhere",
            tuples: Visits.all.group { [$0.minutes * 2] }.having { $0.minutes * 2 > 10 }
                .order { [($0.minutes * 2).descending] }.select { ($0.minutes * 2, $0.count) },
            """
            SELECT ("minutes" * ?), count(*) FROM "visit" GROUP BY ("minutes" * ?) \
            HAVING ("minutes" * ?) > ? ORDER BY ("minutes" * ?) DESC
            """,
            standard: """
                SELECT ("minutes" * $1), count(*) FROM "visit" GROUP BY ("minutes" * $1) \
                HAVING ("minutes" * $1) > $2 ORDER BY ("minutes" * $1) DESC
                """, "[(120, 1), (60, 1), (20, 1)]"),
        QueryCase(
            "groups of a condition, with NULL among the others",
            tuples: People.all.group { [$0.age < 50] }.order { [($0.age < 50).ascending] }
                .select { ($0.age < 50, $0.count) },
            """
            SELECT (("age" < ?) IS TRUE), count(*) FROM "person" \
            GROUP BY (("age" < ?) IS TRUE) ORDER BY (("age" < ?) IS TRUE)
            """,
            standard: """
                SELECT (("age" < $1) IS TRUE), count(*) FROM "person" \
                GROUP BY (("age" < $1) IS TRUE) ORDER BY (("age" < $1) IS TRUE)
                """, "[(false, 2), (true, 2)]"),
        QueryCase(
            "a group by a number of one's own, which is no place",
            tuples: People.all.group { _ in [SQLExpression<Int>("1")] }
                .select { ($0.count, SQLExpression<Int>("1")) },
            #"SELECT count(*), (1 + 0) FROM "person" GROUP BY (1 + 0)"#, "[(4, 1)]"),
        QueryCase(
            "each computed value once, in its order",
            People.all.order { [($0.score * 2).descending] }.select { $0.score * 2 }.distinct,
            #"SELECT DISTINCT ("score" * ?) FROM "person" ORDER BY ("score" * ?) DESC"#,
            standard: #"SELECT DISTINCT ("score" * $1) FROM "person" ORDER BY ("score" * $1) DESC"#,
            "[19.0, 14.0, -2.0]"),
    ]

    static let joins: [QueryCase] = [
        QueryCase(
            "two tables",
            tuples: Visits.all.join(People.self) { $0.person == $1.id }
                .filter { visit, person in visit.minutes > 5 && person.active }
                .order { visit, _ in [visit.id.ascending] }
                .select { visit, person in (person.name, visit.minutes) },
            """
            SELECT "person"."name", "visit"."minutes" FROM "visit" \
            JOIN "person" ON "visit"."person" = "person"."id" \
            WHERE ("visit"."minutes" > ? AND "person"."active") ORDER BY "visit"."id"
            """, #"[("Ada", 30), ("Ada", 10), ("Carl", 60)]"#),
        QueryCase(
            "a left join has everything on its left",
            tuples: Visits.all.leftJoin(People.self) { $0.person == $1.id }
                .order { visit, _ in [visit.id.ascending] }
                .select { visit, person in (visit.id, person.name, person.nick) },
            """
            SELECT "visit"."id", "person"."name", "person"."nick" FROM "visit" \
            LEFT JOIN "person" ON "visit"."person" = "person"."id" ORDER BY "visit"."id"
            """,
            """
            [(1, Optional("Ada"), nil), (2, nil, nil), (3, Optional("Ada"), nil), \
            (4, Optional("Carl"), Optional("princeps"))]
            """),
        QueryCase(
            "a table with itself",
            tuples: People.all.join(People.self) { $0.score == $1.score && $0.id < $1.id }
                .select { ($0.name, $1.name) },
            """
            SELECT "person"."name", "person_2"."name" FROM "person" \
            JOIN "person" AS "person_2" \
            ON ("person"."score" = "person_2"."score" AND "person"."id" < "person_2"."id")
            """, #"[("Ada", "Carl")]"#),
        QueryCase(
            "three tables, grouped",
            tuples: Visits.all.join(People.self) { $0.person == $1.id }
                .join(People.self) { visit, _, host in visit.host == host.id }
                .group { _, guest, host in [guest.name, host.name] }
                .order { visit, _, _ in [visit.minutes.sum().descending] }
                .select { visit, guest, host in (guest.name, host.name, visit.minutes.sum()) },
            """
            SELECT "person"."name", "person_2"."name", CAST(sum("visit"."minutes") AS BIGINT) \
            FROM "visit" JOIN "person" ON "visit"."person" = "person"."id" \
            JOIN "person" AS "person_2" ON "visit"."host" = "person_2"."id" \
            GROUP BY "person"."name", "person_2"."name" \
            ORDER BY CAST(sum("visit"."minutes") AS BIGINT) DESC NULLS LAST
            """,
            """
            [("Carl", "Ada", Optional(60)), ("Ada", "Carl", Optional(30)), \
            ("Ada", "Blaise", Optional(10))]
            """),
    ]

    static let changes: [QueryCase] = [
        QueryCase(
            "an entity is inserted",
            change: Visits.insert(Visit(id: 9, person: nil, host: 1, minutes: 1)),
            then: Visits.all.filter { $0.id == 9 },
            """
            INSERT INTO "visit" ("id", "person", "host", "minutes") VALUES (?, ?, ?, ?)
            """, "\([Visit(id: 9, person: nil, host: 1, minutes: 1)])"),
        QueryCase(
            "an upsert replaces",
            change: Visits.upsert(Visit(id: 1, person: 2, host: 2, minutes: 2)),
            then: Visits.all.filter { $0.id == 1 },
            """
            INSERT INTO "visit" ("id", "person", "host", "minutes") VALUES (?, ?, ?, ?) \
            ON CONFLICT ("id") DO UPDATE SET "person" = excluded."person", \
            "host" = excluded."host", "minutes" = excluded."minutes"
            """, "\([Visit(id: 1, person: 2, host: 2, minutes: 2)])"),
        QueryCase(
            "an upsert by hand sees both rows",
            change: Visits.insert(Visit(id: 1, person: 2, host: 2, minutes: 2))
                .upserting(of: { [$0.id] }) { old, new in
                    [old.set(\.minutes, to: old.minutes + new.minutes)]
                },
            then: Visits.all.filter { $0.id == 1 }.select { $0.minutes },
            """
            INSERT INTO "visit" ("id", "person", "host", "minutes") VALUES (?, ?, ?, ?) \
            ON CONFLICT ("id") DO UPDATE SET \
            "minutes" = ("visit"."minutes" + "excluded"."minutes")
            """, "[32]"),
        QueryCase(
            "a row in the way is left",
            change: Visits.insert(Visit(id: 1, person: 2, host: 2, minutes: 2))
                .ignoringConflicts(of: { [$0.id] }),
            then: Visits.all.filter { $0.id == 1 }.select { $0.minutes },
            """
            INSERT INTO "visit" ("id", "person", "host", "minutes") VALUES (?, ?, ?, ?) \
            ON CONFLICT ("id") DO NOTHING
            """, "[30]"),
        QueryCase(
            "an update makes values from values",
            change: People.update(where: { $0.id <= 2 }) {
                [$0.set(\.score, to: $0.score - 1), $0.set(\.nick, to: nil)]
            },
            then: People.all.filter { $0.nick == nil }.select { $0.score },
            #"UPDATE "person" SET "score" = ("score" - ?), "nick" = ? WHERE "id" <= ?"#,
            "[8.5, 6.0]"),
        QueryCase(
            "an update of every row",
            change: People.updateEveryRow { [$0.set(\.active, to: true)] },
            then: People.all.filter { !$0.active },
            #"UPDATE "person" SET "active" = ?"#, "[]"),
        QueryCase(
            "a delete", change: People.delete { $0.age == nil }, then: ids,
            #"DELETE FROM "person" WHERE "age" IS NULL"#, "[1, 3, 4]"),
        QueryCase(
            "a delete of every row", change: People.deleteEveryRow(), then: ids,
            #"DELETE FROM "person""#, "[]"),
    ]
}
