import StorageKit

extension RelationalLaws {
    static func constraintCases<H: RelationalHarness>() -> [ConformanceCase<H>] {
        [violations(), withheld(), invalid()]
    }

    private static func violations<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "constraint.codes",
            "A clash of keys is alreadyExists or constraintViolation, another broken rule "
                + "constraintViolation; nothing is changed."
        ) { scene in
            try await scene.insert([1], on: scene.store)
            let broken: [(String, SQL)] = [
                ("unique", "INSERT INTO thing (id, name, number) VALUES (2, 'thing 1', 0)"),
                ("check", "INSERT INTO thing (id, name, number) VALUES (2, 'b', -1)"),
                ("not null", "INSERT INTO thing (id, name, number) VALUES (2, NULL, 0)"),
                (
                    "foreign key",
                    "INSERT INTO thing (id, name, number, parent) VALUES (2, 'b', 0, 99)"
                ),
                ("foreign key", "UPDATE thing SET parent = 99"),
            ]
            for (rule, statement) in broken {
                try await scene.context.expectThrows(.constraintViolation, rule) {
                    try await scene.store.execute(statement)
                }
            }
            do {
                try await scene.insert([1], on: scene.store)
                throw ConformanceFailure(expected: "a taken key to be refused", seen: "no error")
            } catch let error as StorageError {
                try scene.context.expect(
                    error.code == .alreadyExists || error.code == .constraintViolation,
                    "a taken key to be a clash", seen: "\(error)")
            }
            try await scene.expect([1], "after refused statements")
        }
    }

    private static func withheld<H: RelationalHarness>() -> ConformanceCase<H> {
        law("constraint.values-withheld", "An error does not repeat a statement's values.") {
            scene in
            let secret = "s3cret-value"
            let statements: [SQL] = [
                "INSERT INTO thing (id, name, number) VALUES (1, \(secret), -1)",
                "SELECT * FROM no_such_table WHERE name = \(secret)",
            ]
            for statement in statements {
                do {
                    try await scene.store.execute(statement)
                    throw ConformanceFailure(expected: "an error", seen: "none")
                } catch let error as StorageError {
                    try scene.context.expect(
                        !"\(error)".contains(secret), "no value in an error", seen: "\(error)")
                }
            }
        }
    }

    private static func invalid<H: RelationalHarness>() -> ConformanceCase<H> {
        law("constraint.invalid", "What is no statement is invalidStatement.") { scene in
            try await scene.context.expectThrows(.invalidStatement, "no SQL") {
                try await scene.store.execute("THIS IS NO SQL")
            }
            try await scene.context.expectThrows(.invalidStatement, "an unknown column") {
                try await scene.store.first("SELECT no_such_column FROM thing", as: Int.self)
            }
            try await scene.insert([1], on: scene.store)
            try await scene.expect([1], "after statements that are none")
        }
    }
}
