import StorageKit

extension RelationalLaws {
    static func randomCases<H: RelationalHarness>() -> [ConformanceCase<H>] { [randomSequences()] }

    private static func randomSequences<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "model.random-sequences",
            "Any sequence of statements and nested transactions leaves what a model of it says."
        ) { scene in
            var random = scene.context.makeGenerator()
            var model = TableModel()
            for _ in 0..<25 {
                let steps = TableStep.random(depth: 0, &random)
                scene.context.note("transaction of \(steps)")
                let before = model
                do {
                    try await scene.store.withTransaction { transaction in
                        try await run(steps, on: transaction, scene)
                    }
                } catch is TableStep.Abandoned {}
                if !model.apply(steps) { model = before }
                let rows = try await scene.store.query(
                    "SELECT id, number FROM thing ORDER BY id", as: (Int, Int).self, limit: 100)
                let seen = Dictionary(uniqueKeysWithValues: rows.map { ($0.0, $0.1) })
                try scene.context.expectEqual(seen, model.numbers, "the things")
            }
        }
    }

    /// Runs steps and compares what each of them says with a model that is made anew from the rows.
    private static func run<Connection: RelationalConnection>(
        _ steps: [TableStep], on connection: Connection,
        _ scene: RelationalScene<some RelationalHarness>
    ) async throws {
        for step in steps {
            switch step {
            case .statement(let statement):
                try await expect(statement, on: connection, scene)
            case .nested(let inner):
                do {
                    try await connection.withTransaction { try await run(inner, on: $0, scene) }
                } catch is TableStep.Abandoned {}
            case .abandon:
                throw TableStep.Abandoned()
            }
        }
    }

    private static func expect(
        _ statement: TableStatement, on connection: some RelationalQuerying,
        _ scene: RelationalScene<some RelationalHarness>
    ) async throws {
        let rows = try await connection.query(
            "SELECT id, number FROM thing", as: (Int, Int).self, limit: 100)
        var model = TableModel()
        model.numbers = Dictionary(uniqueKeysWithValues: rows.map { ($0.0, $0.1) })
        let expected = model.apply(statement)
        let changed = try await connection.execute(statement.sql).rowCount
        try scene.context.expectEqual(changed, expected, "the rows changed by \(statement)")
    }
}
