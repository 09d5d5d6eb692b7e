import StorageKit

extension RelationalLaws {
    static func transactionCases<H: RelationalHarness>() -> [ConformanceCase<H>] {
        [commits(), rollsBack(), cancelled(), readOnly(), errorInside()]
    }

    private static func commits<H: RelationalHarness>() -> ConformanceCase<H> {
        law("transaction.commits", "What a body did is there when the call has returned.") {
            scene in
            let count = try await scene.store.withTransaction { transaction in
                for id in 1...5 { try await scene.insert([id], on: transaction) }
                return try await scene.ids(on: transaction).count
            }
            try scene.context.expectEqual(count, 5, "what the body saw and returned")
            try await scene.expect(Array(1...5), "after the commit")
        }
    }

    private static func rollsBack<H: RelationalHarness>() -> ConformanceCase<H> {
        law("transaction.rolls-back", "A body that throws leaves nothing behind.") { scene in
            try await scene.insert([1], on: scene.store)
            try await scene.expectOops("the transaction") {
                try await scene.store.withTransaction { transaction in
                    try await scene.insert([2], on: transaction)
                    try await transaction.execute("DELETE FROM thing WHERE id = 1")
                    throw RelationalScene<H>.Oops()
                }
            }
            try await scene.expect([1], "after a body that threw")
            try await scene.store.withTransaction { _ = try await scene.insert([3], on: $0) }
            try await scene.expect([1, 3], "after the next transaction")
        }
    }

    private static func cancelled<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "transaction.cancelled",
            "A task that is cancelled inside a body rolls back and throws cancelled."
        ) { scene in
            let gate = Gate()
            let task = Task {
                try await scene.store.withTransaction { transaction in
                    try await scene.insert([1], on: transaction)
                    gate.open()
                    while !Task.isCancelled { await Task.yield() }
                    try await scene.insert([2], on: transaction)
                }
            }
            await gate.pass()
            task.cancel()
            try await scene.context.expectThrows(.cancelled, "the cancelled transaction") {
                try await task.value
            }
            try await scene.expect([], "after a cancelled transaction")
        }
    }

    private static func readOnly<H: RelationalHarness>() -> ConformanceCase<H> {
        law("transaction.read-only", "A transaction that reads refuses to write.") { scene in
            try await scene.insert([1], on: scene.store)
            try await scene.context.expectThrows(.permissionDenied, "a write in it") {
                try await scene.store.withTransaction(access: .readOnly) { transaction in
                    try scene.context.expectEqual(
                        try await scene.ids(on: transaction), [1], "what it reads")
                    try await scene.insert([2], on: transaction)
                }
            }
            try await scene.insert([3], on: scene.store)
            try await scene.expect([1, 3], "after a refused write and another one")
        }
    }

    private static func errorInside<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "transaction.error-in-savepoint",
            "A statement that fails in an inner transaction leaves the outer one usable."
        ) { scene in
            try await scene.store.withTransaction { outer in
                try await scene.insert([1], on: outer)
                try await scene.context.expectThrows(.constraintViolation, "the inner one") {
                    try await outer.withTransaction { inner in
                        try await inner.execute(
                            "INSERT INTO thing (id, name, number) VALUES (2, 'b', -1)")
                    }
                }
                try await scene.insert([3], on: outer)
            }
            try await scene.expect([1, 3], "after it")
        }
    }
}
