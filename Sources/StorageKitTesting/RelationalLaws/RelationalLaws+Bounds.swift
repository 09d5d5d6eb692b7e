import StorageKit

extension RelationalLaws {
    /// What a store promises when its connections have run out.
    ///
    /// The harness's type is given only to name it.
    public static func boundCases<Harness: BoundedRelationalHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>] {
        [exhausted(), waitsItsTurn()]
    }

    private static func bounded<H: BoundedRelationalHarness>(
        _ id: String, _ clause: String, patience: Duration,
        _ body: @escaping @Sendable (RelationalScene<H>, Int) async throws -> Void
    ) -> ConformanceCase<H> {
        ConformanceCase("relational.bounds.\(id)", clause: clause) { harness, context in
            let store = try await harness.makeSubject(patience: patience)
            do {
                let scene = try await RelationalScene(harness, store, context)
                try await body(scene, harness.boundedWriters)
            } catch {
                try? await harness.tearDown(store)
                throw error
            }
            try await harness.tearDown(store)
        }
    }

    private static func exhausted<H: BoundedRelationalHarness>() -> ConformanceCase<H> {
        bounded(
            "exhausted",
            "A call that finds no connection in time throws resourceExhausted and has done "
                + "nothing; the next one finds one.", patience: .seconds(1)
        ) { scene, writers in
            try await holding(scene, writers) {
                try await scene.context.expectThrows(.resourceExhausted, "a statement") {
                    try await scene.insert([1], on: scene.store)
                }
                try await scene.context.expectThrows(.resourceExhausted, "a transaction") {
                    try await scene.store.withTransaction { _ in }
                }
            }
            try await scene.insert([2], on: scene.store)
            try await scene.expect([2], "after the connections were given back")
        }
    }

    private static func waitsItsTurn<H: BoundedRelationalHarness>() -> ConformanceCase<H> {
        bounded(
            "waits", "A call waits for a connection, and gets it when one is given back.",
            patience: .seconds(60)
        ) { scene, writers in
            let (waiting, started) = (Gate(), Gate())
            let late = Task {
                await waiting.pass()
                started.open()
                return try await scene.insert([1], on: scene.store)
            }
            try await holding(scene, writers) {
                waiting.open()
                await started.pass()
                for _ in 0..<50 { await Task.yield() }
            }
            try scene.context.expectEqual(try await late.value, 1, "the rows of the late insert")
        }
    }

    /// Runs the body while so many others hold a connection each.
    private static func holding<H: BoundedRelationalHarness>(
        _ scene: RelationalScene<H>, _ count: Int, _ body: () async throws -> Void
    ) async throws {
        let (held, done) = (Gate(), Gate())
        let holders = (0..<count).map { _ in
            Task {
                do {
                    try await scene.store.withConnection(.readWrite) { _ in
                        await held.pass()
                        await done.pass()
                    }
                } catch {
                    // One that gets no connection is no reason to wait for it.
                    held.open()
                    await held.pass()
                    throw error
                }
            }
        }
        await held.reached(by: count)
        held.open()
        do { try await body() } catch {
            done.open()
            throw error
        }
        done.open()
        for holder in holders { try await holder.value }
    }
}
