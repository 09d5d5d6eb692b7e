import StorageKit

extension RelationalLaws {
    static func nestingCases<H: RelationalHarness>() -> [ConformanceCase<H>] {
        [innerRollsBack(), outerRollsBack(), deep(), outerIsClosed(), reentrant()]
    }

    private static func innerRollsBack<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "nesting.inner-rolls-back",
            "An inner transaction that throws is undone, and nothing else."
        ) { scene in
            try await scene.store.withTransaction { outer in
                try await scene.insert([1], on: outer)
                try await scene.expectOops("the inner transaction") {
                    try await outer.withTransaction { inner in
                        try await scene.insert([2], on: inner)
                        throw RelationalScene<H>.Oops()
                    }
                }
                try scene.context.expectEqual(
                    try await scene.ids(on: outer), [1], "what the outer one sees")
                try await scene.insert([3], on: outer)
            }
            try await scene.expect([1, 3], "after the outer one")
        }
    }

    private static func outerRollsBack<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "nesting.outer-rolls-back", "What an inner transaction did goes with the outer one."
        ) { scene in
            try await scene.expectOops("the outer transaction") {
                try await scene.store.withTransaction { outer in
                    try await outer.withTransaction { _ = try await scene.insert([1], on: $0) }
                    throw RelationalScene<H>.Oops()
                }
            }
            try await scene.expect([], "after an outer one that threw")
        }
    }

    private static func deep<H: RelationalHarness>() -> ConformanceCase<H> {
        law("nesting.deep", "Transactions nest, and each is undone to where it began.") { scene in
            try await scene.store.withTransaction { one in
                try await scene.insert([1], on: one)
                try await one.withTransaction { two in
                    try await scene.insert([2], on: two)
                    try await scene.expectOops("the third") {
                        try await two.withTransaction { three in
                            try await scene.insert([3], on: three)
                            try await three.withTransaction {
                                _ = try await scene.insert([4], on: $0)
                            }
                            throw RelationalScene<H>.Oops()
                        }
                    }
                    try await two.withTransaction { _ = try await scene.insert([5], on: $0) }
                }
            }
            try await scene.expect([1, 2, 5], "after four levels")
        }
    }

    private static func outerIsClosed<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "nesting.outer-is-closed",
            "While an inner transaction is open the outer connection throws invalidState."
        ) { scene in
            try await scene.store.withTransaction { outer in
                try await outer.withTransaction { inner in
                    try await scene.context.expectThrows(.invalidState, "the outer connection") {
                        try await scene.insert([1], on: outer)
                    }
                    try await scene.insert([2], on: inner)
                }
                try await scene.insert([3], on: outer)
            }
            try await scene.expect([2, 3], "after it")
        }
    }

    private static func reentrant<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "nesting.store-inside",
            "The store inside its own transaction throws invalidState, in child tasks as well; "
                + "afterwards it is as before."
        ) { scene in
            try await scene.store.withTransaction { transaction in
                try await scene.context.expectThrows(.invalidState, "the store inside") {
                    try await scene.ids(on: scene.store)
                }
                try await scene.context.expectThrows(.invalidState, "a transaction inside") {
                    try await scene.store.withTransaction { _ in }
                }
                try await scene.context.expectThrows(.invalidState, "the store in a child task") {
                    async let ids = scene.ids(on: scene.store)
                    return try await ids
                }
                try await scene.insert([1], on: transaction)
            }
            try await scene.expect([1], "after it")
        }
    }
}
