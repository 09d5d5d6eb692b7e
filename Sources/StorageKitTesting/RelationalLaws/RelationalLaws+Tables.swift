import StorageKit

/// A thing as an entity of a table, without a version.
private struct Thing: Codable, Equatable, Identifiable, Sendable {
    var id: Int
    var name: String
    var number = 0
    var parent: Int?
}

/// A thing whose key is its name.
private struct NamedThing: Codable, Identifiable, Sendable {
    enum CodingKeys: String, CodingKey { case id = "name", number, row = "id" }
    var id: String
    var number = 0
    var row: Int
}

/// A thing without most of its columns.
private struct ShortThing: Codable, Equatable, Identifiable, Sendable {
    var id: Int
    var name: String
}

extension RelationalLaws {
    static func repositoryCases<H: RelationalHarness>() -> [ConformanceCase<H>]
    where H.Subject: UpsertQuerying, H.Subject.Connection: UpsertQuerying {
        [takenKey(), otherKey(), inTransaction(), foreignColumns()]
    }

    private static func takenKey<H: RelationalHarness>() -> ConformanceCase<H>
    where H.Subject: UpsertQuerying, H.Subject.Connection: UpsertQuerying {
        law(
            "table.taken-key",
            "In a table as a repository a taken key is alreadyExists, and a clash in another "
                + "unique column constraintViolation."
        ) { scene in
            let things = TableRepository("thing", of: Thing.self, in: scene.store)
            try await things.insert(Thing(id: 1, name: "a"))
            try await scene.context.expectThrows(.alreadyExists, "a taken key") {
                try await things.insert(Thing(id: 1, name: "b"))
            }
            for write in [things.insert, things.upsert] {
                try await scene.context.expectThrows(.constraintViolation, "a taken name") {
                    try await write(Thing(id: 2, name: "a"))
                }
            }
            try await scene.expect([1], "after the refused writes")
        }
    }

    private static func otherKey<H: RelationalHarness>() -> ConformanceCase<H>
    where H.Subject: UpsertQuerying, H.Subject.Connection: UpsertQuerying {
        law(
            "table.other-key",
            "The key may be another unique column; a clash in the primary key is then "
                + "constraintViolation."
        ) { scene in
            let things = TableRepository("thing", of: NamedThing.self, in: scene.store, key: "name")
            try await things.insert(NamedThing(id: "a", row: 1))
            try await scene.context.expectThrows(.alreadyExists, "a taken name") {
                try await things.insert(NamedThing(id: "a", row: 2))
            }
            for write in [things.insert, things.upsert] {
                try await scene.context.expectThrows(.constraintViolation, "a taken row") {
                    try await write(NamedThing(id: "b", row: 1))
                }
            }
            let found = try await things.get("a")
            try scene.context.expectEqual(found?.row, 1, "the row of the one that is there")
        }
    }

    private static func inTransaction<H: RelationalHarness>() -> ConformanceCase<H>
    where H.Subject: UpsertQuerying, H.Subject.Connection: UpsertQuerying {
        law(
            "table.in-transaction",
            "A table on a connection belongs to its transaction; on the store it is refused there."
        ) { scene in
            let things = TableRepository("thing", of: Thing.self, in: scene.store)
            try await things.insert(Thing(id: 1, name: "a"))
            try await scene.expectOops("the transaction") {
                try await scene.store.withTransaction { transaction in
                    let inside = things.on(transaction)
                    try await inside.replace(Thing(id: 1, name: "b"))
                    try await inside.insert(Thing(id: 2, name: "c"))
                    let seen = try await inside.get([1, 2])
                    try scene.context.expectEqual(
                        seen.mapValues(\.name), [1: "b", 2: "c"], "what it sees of itself")
                    try await scene.context.expectThrows(.invalidState, "the store's table") {
                        try await things.get(1)
                    }
                    throw RelationalScene<H>.Oops()
                }
            }
            let left = try await things.scan(after: nil, limit: 10)
            try scene.context.expectEqual(
                left.entities, [Thing(id: 1, name: "a")], "the table after it")
        }
    }

    private static func foreignColumns<H: RelationalHarness>() -> ConformanceCase<H>
    where H.Subject: UpsertQuerying, H.Subject.Connection: UpsertQuerying {
        law(
            "table.foreign-columns", "A column that the entity does not know keeps its value."
        ) { scene in
            try await scene.insert([7], on: scene.store)
            let things = TableRepository("thing", of: ShortThing.self, in: scene.store)
            try await things.replace(ShortThing(id: 7, name: "a"))
            let number = try await scene.store.first("SELECT number FROM thing", as: Int.self)
            try scene.context.expectEqual(number, 7, "the number after a replace")
            let found = try await things.get(7)
            try scene.context.expectEqual(found, ShortThing(id: 7, name: "a"), "the entity")
        }
    }
}
