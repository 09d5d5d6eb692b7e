import StorageKit

extension RelationalLaws {
    static func injectionCases<H: RelationalHarness>() -> [ConformanceCase<H>] {
        [injectedValues(), injectedNames(), injectedFragments()]
    }

    /// What would end a text, a name, a list or a statement if it were part of one.
    private static let attacks = [
        "'", "''", "\"", "\"\"", "`", "\\'", "\\", "') OR 1 = 1 --", "'; DROP TABLE thing; --",
        "\"; DROP TABLE thing; --", "x\u{301}'", "'\u{301}; DROP TABLE thing; --", "?", "$1", "$$",
        "$a$", ":name", "@p1", "/*", "*/", "--", "\n;\n", "%s", "\\x27", "ʼ", "＇", ")", "(", "{}",
        "NULL", "E'\\''",
    ]

    private static func injectedValues<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "injection.values",
            "A value is a value wherever it is interpolated: alone, in a list, optional, in a "
                + "fragment, by a function of SQL."
        ) { scene in
            for (id, attack) in attacks.enumerated() {
                let values: SQL = "VALUES (\(id), \(attack), \(0 as Int?))"
                try await scene.store.execute("INSERT INTO thing (id, name, number) \(values)")
            }
            for (id, attack) in attacks.enumerated() {
                let missing = "no \(attack)"
                let conditions: [SQL] = [
                    "name = \(attack)", "name = \(SQL.value(attack))",
                    "name IN \([attack, missing])", "name = \(attack as String?)",
                    "name = \(SQLValue.text(attack))", "\(SQL.identifier("name")) = \(attack)",
                    "NOT name <> \(attack)",
                ]
                for condition in conditions {
                    let found = try await scene.store.query(
                        "SELECT id FROM thing WHERE \(condition)", as: Int.self, limit: 1000)
                    try scene.context.expectEqual(
                        found, [id], "the things for \(attack.debugDescription) in \(condition)")
                }
            }
            let rest = try await scene.store.first(
                "SELECT count(*) FROM thing WHERE name NOT IN \(attacks)", as: Int.self)
            try scene.context.expectEqual(rest, 0, "the things beside a list of all")
            try await scene.expect(Array(attacks.indices), "after all attacks")
        }
    }

    private static func injectedNames<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "injection.identifiers",
            "A name is a name whatever it contains, of a table, a column and an alias."
        ) { scene in
            for attack in attacks {
                let (table, column) = ("t \(attack)", "c \(attack)")
                try await scene.store.execute(
                    "CREATE TABLE \(identifier: table) (\(identifier: column) INTEGER)")
                try await scene.store.execute(
                    "INSERT INTO \(identifier: table) (\(identifier: column)) VALUES (\(7))")
                let found = try await scene.store.first(
                    """
                    SELECT \(identifier: attack).\(identifier: column) AS \(identifier: attack)
                    FROM \(identifier: table) AS \(identifier: attack)
                    ORDER BY \(identifier: attack)
                    """, as: Int.self)
                try scene.context.expectEqual(found, 7, "the value in \(table.debugDescription)")
            }
            for impossible in ["", "a\0b"] {
                try await scene.context.expectThrows(.invalidArgument, "an impossible name") {
                    try await scene.store.execute("DROP TABLE \(identifier: impossible)")
                }
            }
            try await scene.expect([], "after all names")
        }
    }

    private static func injectedFragments<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "injection.fragments",
            "Fragments in fragments keep their values apart and in order."
        ) { scene in
            try await scene.insert(1...9, on: scene.store)
            var random = scene.context.makeGenerator()
            for _ in 0..<20 {
                let wanted = (1...9).filter { _ in Bool.random(using: &random) }
                let parts = wanted.map { id in
                    let name = "thing \(id)"
                    let inner: SQL = "number = \(id) AND NOT name = \("' OR 1 = 1 --")"
                    return "(name = \(name) AND (\(inner)))" as SQL
                }
                let any: SQL = parts.isEmpty ? "1 = 0" : parts.joined(separator: " OR ")
                let found = try await scene.store.query(
                    "SELECT id FROM thing WHERE \(any) ORDER BY id", as: Int.self, limit: 10)
                try scene.context.expectEqual(found, wanted, "the things of \(wanted)")
            }
        }
    }
}
