import StorageKit

extension DocumentLaws {
    static func uniqueCases<H: DocumentHarness>() -> [ConformanceCase<H>]
    where H.Subject: IndexedDocumentStore {
        [unique(), uniqueNull(), uniqueArrays(), uniqueCompound(), uniquePartial(), oneArray()]
    }

    private static func unique<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: IndexedDocumentStore {
        law(
            "index.unique",
            "No write gives two documents the same value of a unique index: it throws "
                + "alreadyExists and names the fields. A document is not in its own way."
        ) { scene in
            let things = scene.things
            try await things.createIndexes(DocumentIndex(DocumentOrder("a.b"), isUnique: true))
            try await things.insert(contentsOf: [
                ["_id": 1, "a": ["b": 1]], ["_id": 2, "a": ["b": 2]],
            ])
            let two = DocumentFilter.field(.id, .equal(2))
            let same: Document = ["a": ["b": 1.0]]
            try await scene.expectTaken("an insert") { try await things.insert(same) }
            try await scene.expectTaken("an update") {
                try await things.updateOne(two, [.increment("a.b", by: -1)])
            }
            try await scene.expectTaken("a replacement") {
                try await things.replace(two, with: same)
            }
            try await scene.expectTaken("an upsert") {
                try await things.upsert(.field(.id, .equal(3)), with: same)
            }
            try await scene.expectTaken("a modification") {
                try await things.modify(.init(two, .replace(with: same)))
            }
            try scene.context.expectEqual(
                try await scene.all(), [["_id": 1, "a": ["b": 1]], ["_id": 2, "a": ["b": 2]]],
                "the documents")
            try await things.replace(two, with: ["a": ["b": 2], "c": 1])
            try await things.updateOne(two, [.set("a.b", 3)])
            try await things.insert(["_id": 3, "a": ["b": 2]])
            try await things.deleteOne(two)
            try await things.insert(["_id": 4, "a": ["b": 3]])
            let result = try await things.write(
                [.insert(same), .insert(["_id": 5, "a": ["b": 5]])], isOrdered: false)
            try scene.context.expectEqual(
                result.errors.mapValues(\.code), [0: .alreadyExists], "the errors of many")
            try scene.context.expectEqual(
                result.errors[0]?.constraint?.columns, ["a.b"], "the fields of an item")
        }
    }

    private static func uniqueNull<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: IndexedDocumentStore {
        law(
            "index.unique-null",
            "A missing field is null to a unique index; an empty array is another value."
        ) { scene in
            try await scene.things.createIndexes(
                DocumentIndex(DocumentOrder("a"), isUnique: true))
            try await scene.expect(
                [["_id": 1], ["_id": 2, "a": .null], ["_id": 3, "a": [1, .null]]], leaves: [1])
            try await scene.expect(
                [["_id": 1, "a": []], ["_id": 2, "a": []], ["_id": 3]],
                leaves: [1, 3])
        }
    }

    private static func uniqueArrays<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: IndexedDocumentStore {
        law(
            "index.unique-arrays",
            "To a unique index, an array has each of its elements; one document may have a value "
                + "twice."
        ) { scene in
            try await scene.things.createIndexes(
                DocumentIndex(DocumentOrder("a"), isUnique: true),
                DocumentIndex(
                    DocumentOrder("l.n"), isUnique: true, where: .field("l", .exists(true))))
            try await scene.expect(
                [
                    ["_id": 1, "a": [1, 1, 2]], ["_id": 2, "a": 2], ["_id": 3, "a": [3, 1]],
                    ["_id": 4, "a": [[1]]], ["_id": 5, "a": [4, [1]]], ["_id": 6, "a": 5],
                ], leaves: [1, 4, 6])
            try await scene.expect(
                [
                    ["_id": 1, "a": 1, "l": [["n": 1], ["n": 2]]],
                    ["_id": 2, "a": 2, "l": [["n": 3], ["n": 2]]],
                    ["_id": 3, "a": 3, "l": ["n": 3]],
                    ["_id": 4, "a": 4, "l": [["m": 1]]], ["_id": 5, "a": 5, "l": [5]],
                ], leaves: [1, 3, 4])
        }
    }

    private static func uniqueCompound<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: IndexedDocumentStore {
        law(
            "index.unique-compound",
            "A unique index of several fields wants no two documents that have the same in all."
        ) { scene in
            try await scene.things.createIndexes(
                DocumentIndex(DocumentOrder("a"), DocumentOrder("b", .descending), isUnique: true))
            try await scene.expect(
                [
                    ["_id": 1, "a": 1], ["_id": 2, "a": 1, "b": 1], ["_id": 3, "a": 1, "b": .null],
                    ["_id": 4, "a": 2, "b": 1], ["_id": 5, "a": 1, "b": [2, 1]],
                    ["_id": 6, "a": 1, "b": [2, 3]], ["_id": 7, "b": 1], ["_id": 8, "b": [1]],
                ], leaves: [1, 2, 4, 6, 7])
        }
    }

    private static func uniquePartial<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: IndexedDocumentStore {
        law(
            "index.unique-partial",
            "A partial unique index wants nothing of documents that its filter does not match."
        ) { scene in
            let things = scene.things
            try await things.createIndexes(
                DocumentIndex(
                    DocumentOrder("a"), isUnique: true, where: .field("on", .equal(true))))
            try await scene.expect(
                [
                    ["_id": 1, "a": 1], ["_id": 2, "a": 1], ["_id": 3, "a": 1, "on": true],
                    ["_id": 4, "a": 1, "on": true], ["_id": 5, "a": 1, "on": false],
                ], leaves: [1, 2, 3, 5])
            try await scene.context.expectThrows(.alreadyExists, "an update into the index") {
                try await things.updateOne(.field(.id, .equal(1)), [.set("on", true)])
            }
            try await things.updateOne(.field(.id, .equal(3)), [.unset("on")])
            try await things.updateOne(.field(.id, .equal(1)), [.set("on", true)])
        }
    }

    private static func oneArray<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: IndexedDocumentStore {
        law(
            "index.one-array",
            "A document with different arrays at two paths of an index, or with a number that is "
                + "both a place and a name, is refused with constraintViolation."
        ) { scene in
            let pair = DocumentIndex(DocumentOrder("a"), DocumentOrder("b"))
            let place = DocumentIndex(DocumentOrder("c.0"))
            let placed = DocumentIndex(DocumentOrder("d.0"), DocumentOrder("e"))
            try await scene.things.createIndexes(pair, place, placed)
            let arrays: Document = ["_id": 1, "a": [1], "b": [2]]
            let names: Document = ["_id": 1, "c": [1, ["0": 2]]]
            let both: Document = ["_id": 1, "d": [1], "e": [2]]
            for document in [arrays, names, both] {
                try await scene.context.expectThrows(.constraintViolation, "\(document)") {
                    try await scene.things.insert(document)
                }
                try await scene.things.insert(["_id": 1, "a": [1]])
                try await scene.context.expectThrows(.constraintViolation, "an update") {
                    try await scene.things.replace(.all, with: document)
                }
                try await scene.things.deleteMany(.all)
            }
            for (document, index) in [(arrays, pair), (names, place), (both, placed)] {
                try await scene.put(document)
                try await scene.context.expectThrows(.constraintViolation, "making \(index)") {
                    try await scene.things.createIndexes(index)
                }
            }
        }
    }

    static func indexesChangeNoAnswer<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: IndexedDocumentStore {
        law(
            "index.same-answers", "A query has the same answer with indexes and without."
        ) { scene in
            var draws = DocumentDraws(seed: scene.context.seed)
            let plain = DocumentCollection("plain", of: Document.self, in: scene.store)
            for _ in 0..<4 {
                try await scene.things.drop()
                try await plain.drop()
                let indexes = draws.indexes()
                scene.context.note("indexes \(indexes)")
                try await scene.store.createIndexes(indexes, on: "things")
                for number in 0..<40 {
                    var document = draws.document()
                    document["_id"] = .int64(Int64(number))
                    // What an index cannot have is in neither collection.
                    guard (try? await scene.things.insert(document)) != nil else { continue }
                    try await plain.insert(document)
                }
                for _ in 0..<60 {
                    let query = draws.indexedQuery(indexes)
                    scene.context.note("find \(query)")
                    var expected: [Document] = []
                    for try await document in plain.find(query) { expected.append(document) }
                    let seen = try await scene.found(query)
                    // Not equal: a NaN is not.
                    let isSame =
                        seen.count == expected.count
                        && zip(seen, expected).allSatisfy { $0.isIdentical(to: $1) }
                    try scene.context.expect(
                        isSame, "\(query) to find \(expected)", seen: "\(seen)")
                }
            }
        }
    }
}

extension DocumentDraws {
    /// Some indexes that can be there together.
    fileprivate mutating func indexes() -> [DocumentIndex] {
        var indexes: [DocumentIndex] = []
        for number in 0..<4 {
            var order: [DocumentOrder] = []
            for path in [path()] + list(upTo: 2, { $0.path() })
            where !order.contains(where: { $0.path == path }) {
                order.append(DocumentOrder(path, pick([.ascending, .descending])))
            }
            // An index that has an order in which each document has a place of its own.
            if chance(1, in: 2) { order = [order[0], DocumentOrder(.id)] }
            // Not existence: MongoDB reads such an index for comparisons with the least and the
            // greatest key, which match what does not exist.
            let filter: DocumentFilter? = pick([
                nil, nil, .field(path(), .type([.string, .int64])),
                .field(DocumentPath(name()), .greater(0)),
            ])
            let index = DocumentIndex(
                keys: order.map { .ordered($0) }, name: "index\(number)", where: filter)
            guard !indexes.contains(where: { $0.isInTheWay(of: index) }) else { continue }
            indexes.append(index)
        }
        return indexes
    }

    /// A query that is about the paths of indexes more often than not.
    fileprivate mutating func indexedQuery(_ indexes: [DocumentIndex]) -> DocumentQuery {
        let index = pick(indexes)
        var filters = [filter(depth: 1)]
        if chance(3, in: 4) {
            filters = index.order.map { .field($0.path, predicate(depth: 1)) }
            if chance(1, in: 2), let partial = index.partialFilter { filters.append(partial) }
        }
        let filter: DocumentFilter =
            chance(1, in: 4)
            ? .either(filters + [self.filter(depth: 1)])
            : chance(1, in: 3) ? .all : .every(filters)
        // Two arrays in an order are refused by whoever meets them, which an index may not.
        var order = [chance(1, in: 4) ? DocumentOrder(path()) : index.order[0], DocumentOrder(.id)]
        if chance(1, in: 2) {
            order = order.map {
                DocumentOrder($0.path, $0.direction == .ascending ? .descending : .ascending)
            }
        }
        return DocumentQuery(
            filter, order: order, limit: pick([nil, 1, 5]), skip: pick([0, 0, 2]))
    }
}

extension DocumentScene where Harness.Subject: IndexedDocumentStore {
    /// Fails the case unless a write is refused because of the value of `a.b`.
    fileprivate func expectTaken<Value>(
        _ what: String, _ body: () async throws -> Value
    ) async throws {
        let error = try await context.expectThrows(.alreadyExists, what, body)
        try context.expectEqual(
            error.constraint, .init(.unique, columns: ["a.b"]), "the constraint of \(what)")
    }

    /// Fails the case unless of these documents, inserted one by one, those are left.
    fileprivate func expect(_ documents: [Document], leaves ids: [Int]) async throws {
        try await things.deleteMany(.all)
        for document in documents {
            do throws(StorageError) {
                try await things.insert(document)
            } catch {
                try context.expectEqual(
                    error.code, .alreadyExists, "the error for \(document)")
            }
        }
        let seen = try await self.ids(DocumentQuery(order: [DocumentOrder(.id)]))
        try context.expectEqual(seen, ids, "the documents left of \(documents)")
    }
}
