import StorageKit

extension RelationalLaws {
    static func connectionCases<H: RelationalHarness>() -> [ConformanceCase<H>] {
        [autocommits(), leftOpen(), escaped(), closed()]
    }

    private static func autocommits<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "connection.statements-alone",
            "On a connection without a transaction each statement is one."
        ) { scene in
            try await scene.expectOops("the body") {
                try await scene.store.withConnection { connection in
                    try await scene.insert([1], on: connection)
                    try await connection.withTransaction {
                        _ = try await scene.insert([2], on: $0)
                    }
                    throw RelationalScene<H>.Oops()
                }
            }
            try await scene.expect([1, 2], "after a body that threw at its end")
        }
    }

    private static func leftOpen<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "connection.left-open",
            "A transaction that a body leaves open is rolled back, and the call throws."
        ) { scene in
            try await scene.context.expectThrows(.invalidState, "a body that only begins") {
                try await scene.store.withConnection { connection in
                    try await connection.execute("BEGIN")
                    try await scene.insert([1], on: connection)
                }
            }
            try await scene.expect([], "after a transaction that was left open")
            try await scene.insert([2], on: scene.store)
            try await scene.expect([2], "after the next statement")
        }
    }

    private static func escaped<H: RelationalHarness>() -> ConformanceCase<H> {
        law("connection.escaped", "A connection is of no use after its body.") { scene in
            let transaction = try await scene.store.withTransaction { $0 }
            try await scene.context.expectThrows(.invalidState, "a connection after its body") {
                try await scene.insert([1], on: transaction)
            }
            try await scene.context.expectThrows(.invalidState, "a transaction on it") {
                try await transaction.withTransaction { _ in }
            }
            try await scene.expect([], "after it")
        }
    }

    private static func closed<H: RelationalHarness>() -> ConformanceCase<H> {
        law("connection.closed", "After close every call throws invalidState.") { scene in
            await scene.store.close()
            try await scene.context.expectThrows(.invalidState, "a statement after close") {
                try await scene.insert([1], on: scene.store)
            }
            try await scene.context.expectThrows(.invalidState, "a transaction after close") {
                try await scene.store.withTransaction { _ in }
            }
            try await scene.context.expectThrows(.invalidState, "rows after close") {
                for try await _ in scene.store.query("SELECT 1", as: Int.self) {}
            }
            await scene.store.close()
        }
    }
}
