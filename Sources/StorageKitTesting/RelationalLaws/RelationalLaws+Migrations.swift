import StorageKit

extension RelationalLaws {
    static func migrationCases<H: RelationalHarness>() -> [ConformanceCase<H>] {
        [migrateAtOnce(), migrationFails(), migrationChanged()]
    }

    private static let create = Migration(
        "create", "CREATE TABLE step (id INTEGER PRIMARY KEY)", "INSERT INTO step VALUES (1)")
    private static let extend = Migration(
        "extend", "ALTER TABLE step ADD COLUMN text TEXT", "INSERT INTO step VALUES (2, 'two')")
    private static let fail = Migration(
        "fail", "INSERT INTO step VALUES (3, 'three')", "INSERT INTO no_such_table VALUES (1)")

    private static func migrateAtOnce<H: RelationalHarness>() -> ConformanceCase<H> {
        law("migration.once", "Of programs that start at once each migration is applied by one.") {
            scene in
            let migrations = try Migrations([create, extend])
            let applied = try await withThrowingTaskGroup(of: [String].self) { group in
                for _ in 0..<6 {
                    group.addTask { try await migrations.apply(to: scene.store) }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            try scene.context.expectEqual(applied.sorted(), ["create", "extend"], "all applied")
            let rows = try await scene.store.first("SELECT count(*) FROM step", as: Int.self)
            try scene.context.expectEqual(rows, 2, "the rows that they inserted")
            let plan = try await migrations.plan(on: scene.store)
            try scene.context.expectEqual(plan.pending.map(\.name), [], "what is pending")
        }
    }

    private static func migrationFails<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "migration.fails-alone",
            "A migration that fails changes nothing; those before it stay, those after it wait."
        ) { scene in
            let broken = try Migrations([create, fail, extend])
            do {
                _ = try await broken.apply(to: scene.store)
                throw ConformanceFailure(expected: "the second one to throw", seen: "no error")
            } catch is StorageError {}
            let rows = try await scene.store.first("SELECT count(*) FROM step", as: Int.self)
            try scene.context.expectEqual(rows, 1, "the rows after the failure")
            let applied = try await Migrations([create, extend]).apply(to: scene.store)
            try scene.context.expectEqual(applied, ["extend"], "what follows when it is mended")
        }
    }

    private static func migrationChanged<H: RelationalHarness>() -> ConformanceCase<H> {
        law("migration.history", "A history that was changed is refused, and nothing is applied.") {
            scene in
            try await Migrations([create]).apply(to: scene.store)
            let changed = Migration("create", "CREATE TABLE step (id INTEGER)")
            for history in [[changed, extend], [extend, create], [extend]] {
                let migrations = try Migrations(history)
                try await scene.context.expectThrows(.invalidState, "another history") {
                    try await migrations.apply(to: scene.store)
                }
            }
            let rows = try await scene.store.first("SELECT count(*) FROM step", as: Int.self)
            try scene.context.expectEqual(rows, 1, "the rows after refused histories")
        }
    }
}
