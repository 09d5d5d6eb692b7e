import StorageKit

extension DocumentLaws {
    static func storeCases<H: DocumentHarness>() -> [ConformanceCase<H>] {
        [
            modifies(), modifiesFirst(), modifiesUpsert(), modifiesAway(), drops(), apart(),
            documentLimit(), depthLimit(), writeLimit(), cancelled(), closed(), countsAtOnce(),
            insertsAtOnce(),
        ]
    }

    private static func modifies<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "modify.states",
            "modify changes a document and gives it back as it was before or is after, as the "
                + "projection wants it; nil when none matches."
        ) { scene in
            try await scene.put(["a": 1, "b": 2])
            let change = DocumentModification<Document>.Change.update([.increment("a", by: 1)])
            let after = try await scene.things.modify(DocumentModification(.all, change))
            try scene.context.expectEqual(after, ["_id": 0, "a": 2, "b": 2], "the state after")
            let before = try await scene.things.modify(
                DocumentModification(
                    .all, change, returning: .before, projection: .only(["a"], id: false)))
            try scene.context.expectEqual(before, ["a": 2], "the state before")
            let none = try await scene.things.modify(
                DocumentModification(.field("a", .equal(9)), change))
            try scene.context.expectEqual(none, nil, "the state of none")
            let replaced = try await scene.things.modify(
                DocumentModification(.all, .replace(with: ["c": 1])))
            try scene.context.expectEqual(replaced, ["_id": 0, "c": 1], "a replacement")
            try await scene.context.expectThrows(.wrongType, "a change that does not fit") {
                try await scene.things.modify(
                    DocumentModification(.all, .update([.push("c", DocumentPush([1]))])))
            }
        }
    }

    private static func modifiesFirst<H: DocumentHarness>() -> ConformanceCase<H> {
        law("modify.order", "modify takes the first document in the order.") { scene in
            try await scene.put(["a": 2], ["a": 9], ["a": 1])
            let seen = try await scene.things.modify(
                DocumentModification(
                    .all, .update([.set("m", true)]), order: [DocumentOrder("a", .descending)]))
            try scene.context.expectEqual(seen?["a"], 9, "what was changed")
            try scene.context.expectEqual(
                try await scene.ids(DocumentQuery(.field("m", .equal(true)))), [1], "the changed")
        }
    }

    private static func modifiesUpsert<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "modify.upsert",
            "modify makes a document if none matches and it is told to; there is none before it."
        ) { scene in
            func modification(
                _ id: DocumentValue, _ returning: DocumentModification<Document>.Returning
            ) -> DocumentModification<Document> {
                DocumentModification(
                    .field(.id, .equal(id)), .update([.set("a", 1)]), upsert: true,
                    returning: returning)
            }
            let before = try await scene.things.modify(modification(1, .before))
            try scene.context.expectEqual(before, nil, "the state before")
            let after = try await scene.things.modify(modification(2, .after))
            try scene.context.expectEqual(after, ["_id": 2, "a": 1], "the state after")
            try scene.context.expectEqual(
                try await scene.ids(DocumentQuery(order: [DocumentOrder(.id)])), [1, 2],
                "the documents")
        }
    }

    private static func modifiesAway<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "modify.delete",
            "modify removes a document and gives back what it was, and after it nothing."
        ) { scene in
            try await scene.put(["a": 1], ["a": 2])
            let before = try await scene.things.modify(
                DocumentModification(.field("a", .equal(1)), .delete, returning: .before))
            try scene.context.expectEqual(before, ["_id": 0, "a": 1], "what was removed")
            let after = try await scene.things.modify(DocumentModification(.all, .delete))
            try scene.context.expectEqual(after, nil, "what is left of it")
            try scene.context.expectEqual(try await scene.things.count(.all), 0, "the rest")
        }
    }

    private static func drops<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "collection.drop",
            "drop removes all documents; a collection that is not there is no error."
        ) { scene in
            try await scene.things.drop()
            try await scene.put(["a": 1])
            try await scene.things.drop()
            try scene.context.expectEqual(try await scene.things.count(.all), 0, "the documents")
            try await scene.things.insert(["_id": 0])
            try scene.context.expectEqual(try await scene.things.count(.all), 1, "a new one")
        }
    }

    private static func apart<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "collection.apart",
            "Collections have nothing to do with each other; a name that none can have is "
                + "invalidArgument."
        ) { scene in
            let others = DocumentCollection("others", of: Document.self, in: scene.store)
            try await scene.put(["_id": 1, "a": 1])
            try await others.insert(["_id": 1, "a": 2])
            try await others.deleteMany(.field("a", .equal(1)))
            try scene.context.expectEqual(
                try await scene.all(), [["_id": 1, "a": 1]], "the documents")
            try scene.context.expectEqual(try await others.count(.all), 1, "the others")
            for name in ["", "a\0b", "a$b", "system.x"] {
                let bad = DocumentCollection(name, of: Document.self, in: scene.store)
                try await scene.context.expectThrows(.invalidArgument, "insert to \"\(name)\"") {
                    try await bad.insert(["a": 1])
                }
            }
        }
    }

    private static func documentLimit<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "limit.document",
            "A document of the greatest size is stored; a larger one is limitExceeded, and so is "
                + "an update that would make one."
        ) { scene in
            let most = scene.store.limits.maximumDocumentBytes
            guard most <= 64 << 20 else {
                throw ConformanceNotApplicable("documents may be larger")
            }
            // The document, its _id, and the field's name, type, length and end.
            let text = String(repeating: "x", count: most - 5 - 13 - 8)
            let full: Document = ["_id": 0, "a": .string(text)]
            try scene.context.expectEqual(full.encodedSize, most, "the size of the test's document")
            try await scene.things.insert(full)
            try await scene.context.expectThrows(.limitExceeded, "insert of a larger one") {
                try await scene.things.insert(["_id": 1, "a": .string(text + "x")])
            }
            try await scene.context.expectThrows(.limitExceeded, "replace with a larger one") {
                try await scene.things.replace(.all, with: ["_id": 0, "a": .string(text + "x")])
            }
            try await scene.context.expectThrows(.limitExceeded, "an update to a larger one") {
                try await scene.things.updateOne(.all, [.set("b", 1)])
            }
            let seen = try await scene.things.first(.all)
            try scene.context.expect(
                seen == full, "the document as it was",
                seen: "\(seen?.encodedSize ?? 0) bytes")
        }
    }

    private static func depthLimit<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "limit.depth",
            "A document of the greatest depth is stored; a deeper one is limitExceeded."
        ) { scene in
            let most = scene.store.limits.maximumDepth
            guard most <= 1_000 else { throw ConformanceNotApplicable("documents may be deeper") }
            func document(depth: Int) -> Document {
                var value = Document()
                for level in 1..<depth { value = ["a": level == 1 ? [1] : .document(value)] }
                value.fields.insert(DocumentField("_id", .int64(Int64(depth))), at: 0)
                return value
            }
            try await scene.things.insert(document(depth: most))
            try await scene.context.expectThrows(.limitExceeded, "insert of a deeper one") {
                try await scene.things.insert(document(depth: most + 1))
            }
            try scene.context.expectEqual(
                try await scene.all().first?.depth, most, "the depth of what was stored")
        }
    }

    private static func writeLimit<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "limit.writes",
            "A call takes as many writes as the limit says; with more it is limitExceeded, and "
                + "nothing is written."
        ) { scene in
            let most = scene.store.limits.maximumWritesPerCall
            guard most <= 200_000 else { throw ConformanceNotApplicable("a call may have more") }
            let documents = (0...most).map {
                Document(fields: [DocumentField("_id", .int64(Int64($0)))])
            }
            try await scene.context.expectThrows(.limitExceeded, "a call of too many") {
                try await scene.things.insert(contentsOf: documents)
            }
            try scene.context.expectEqual(try await scene.things.count(.all), 0, "the documents")
            let result = try await scene.things.insert(contentsOf: Array(documents.dropLast()))
            try scene.context.expectEqual(result.inserted, most, "how many were inserted")
            try scene.context.expectEqual(
                try await scene.things.estimatedCount(), most, "the documents then")
        }
    }

    private static func cancelled<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "cancellation.before",
            "A task that was cancelled before its call throws cancelled, and nothing is written."
        ) { scene in
            try await scene.put(["a": 1])
            let things = scene.things
            let calls: [@Sendable () async throws -> Void] = [
                { _ = try await things.insert(["a": 2]) },
                { _ = try await things.updateMany(.all, [.set("a", 2)]) },
                { _ = try await things.count(.all) }, { _ = try await things.first(.all) },
                { for try await _ in things.find(.all) {} },
                { _ = try await things.modify(DocumentModification(.all, .delete)) },
            ]
            for (place, call) in calls.enumerated() {
                try await scene.context.expectThrows(.cancelled, "call \(place)") {
                    try await scene.cancelledTask(call).value
                }
            }
            try scene.context.expectEqual(
                try await scene.all(), [["_id": 0, "a": 1]], "the documents")
        }
    }

    private static func closed<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "close.refuses", "After close, calls throw invalidState; closing again does nothing."
        ) { scene in
            let things = scene.things
            try await things.insert(["a": 1])
            await scene.store.close()
            await scene.store.close()
            try await scene.context.expectThrows(.invalidState, "insert") {
                try await things.insert(["a": 1])
            }
            try await scene.context.expectThrows(.invalidState, "count") {
                try await things.count(.all)
            }
            try await scene.context.expectThrows(.invalidState, "find") {
                for try await _ in things.find(.all) {}
            }
        }
    }

    private static func countsAtOnce<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "concurrency.counts",
            "Increments at the same time lose nothing, and modify tells them apart."
        ) { scene in
            try await scene.put(["a": 0])
            let things = scene.things
            let seen = try await scene.atOnce(8) { _ in
                var seen: [DocumentValue] = []
                for _ in 0..<20 {
                    try await things.updateOne(.all, [.increment("b", by: 1)])
                    let state = try await things.modify(
                        DocumentModification(.all, .update([.increment("a", by: 1)])))
                    if let value = state?["a"] { seen.append(value) }
                }
                return seen
            }
            try scene.context.expectEqual(
                Set(seen.joined()).count, 160, "how many states modify gave")
            try scene.context.expectEqual(
                try await scene.all(), [["_id": 0, "a": 160, "b": 160]], "the document")
        }
    }

    private static func insertsAtOnce<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "concurrency.inserts", "Of inserts of one identifier at the same time, one succeeds."
        ) { scene in
            let things = scene.things
            for round in 0..<10 {
                let outcomes = try await scene.atOnce(8) { number in
                    let writer = DocumentValue.int64(Int64(number))
                    let result = try await things.write([
                        .insert(["_id": .int64(Int64(round)), "by": writer])
                    ])
                    return result.inserted
                }
                try scene.context.expectEqual(outcomes.reduce(0, +), 1, "how many succeeded")
            }
            try scene.context.expectEqual(try await things.count(.all), 10, "the documents")
        }
    }
}
