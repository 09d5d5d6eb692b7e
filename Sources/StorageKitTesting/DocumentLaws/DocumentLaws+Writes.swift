import StorageKit

extension DocumentLaws {
    static func writeCases<H: DocumentHarness>() -> [ConformanceCase<H>] {
        [
            faithful(), idFirst(), generatedID(), takenID(), idsByWorth(), replaces(),
            replaceKeepsID(), replaceIsNoChange(), upsertsReplacement(), updatesOne(),
            updatesMany(), upsertsUpdate(), deletes(),
        ]
    }

    private static func faithful<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "write.faithful",
            "A document is read as it was written: fields in their order, values in their types."
        ) { scene in
            let samples = DocumentDraws.samples
            let fields = samples.enumerated().map { DocumentField("f\($0.offset)", $0.element) }
            var document = Document(fields: [DocumentField("_id", 0)] + fields.reversed())
            document["nested"] = .document(Document(fields: fields))
            document["values"] = .array(samples)
            try await scene.put(document)
            let seen = try await scene.all()
            for (left, right) in zip(seen.first?.fields ?? [], document.fields) {
                try scene.context.expect(
                    left.name.hasSameBytes(as: right.name)
                        && left.value.isIdentical(to: right.value),
                    "the field \(right)", seen: "\(left)")
            }
            try scene.context.expectEqual(seen.first?.count, document.count, "the fields")
        }
    }

    private static func idFirst<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "write.id-first", "The identifier of a stored document is its first field."
        ) { scene in
            try await scene.put(["b": 1, "_id": 7, "a": 2])
            try scene.context.expectEqual(
                try await scene.all(), [["_id": 7, "b": 1, "a": 2]], "the documents")
            try await scene.things.replace(.all, with: ["c": 1, "_id": 7])
            try scene.context.expectEqual(
                try await scene.all(), [["_id": 7, "c": 1]], "the documents after a replacement")
        }
    }

    private static func generatedID<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "write.generates-id",
            "A document without an identifier is given an ObjectID, each another one, and insert "
                + "gives it back."
        ) { scene in
            let first = try await scene.things.insert(["a": 1])
            let second = try await scene.things.insert(["a": 1])
            try scene.context.expect(
                first.type == .objectID && first != second, "two ObjectIDs",
                seen: "\(first) and \(second)")
            let seen = try await scene.found(DocumentQuery(.field(.id, .equal(second))))
            try scene.context.expectEqual(
                seen, [["_id": second, "a": 1]], "the document of the second")
            let given = try await scene.things.insert(["_id": "mine"])
            try scene.context.expectEqual(given, "mine", "what insert gives for an identifier")
        }
    }

    private static func takenID<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "write.refuses-taken-id",
            "A second document of an identifier throws alreadyExists, and the first one stays."
        ) { scene in
            try await scene.put(["_id": 1, "a": 1])
            try await scene.context.expectThrows(.alreadyExists, "insert of a taken identifier") {
                try await scene.things.insert(["_id": 1, "a": 2])
            }
            try scene.context.expectEqual(
                try await scene.all(), [["_id": 1, "a": 1]], "the documents")
        }
    }

    private static func idsByWorth<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "write.ids-by-worth",
            "Identifiers that are worth the same are the same: 1 and 1.0; 1 and \"1\" are not, and "
                + "neither are two texts of which Unicode thinks so."
        ) { scene in
            try await scene.put(["_id": 1])
            for same: DocumentValue in [1.0, .int32(1)] {
                try await scene.context.expectThrows(.alreadyExists, "insert of \(same)") {
                    try await scene.things.insert(["_id": same])
                }
            }
            for other: DocumentValue in ["1", true, 1.5, "\u{E9}", "e\u{301}", ["x": 1, "y": 2]] {
                try await scene.things.insert(["_id": other])
            }
            try await scene.things.insert(["_id": ["y": 2, "x": 1]])
            let count = try await scene.things.count(.all)
            try scene.context.expectEqual(count, 8, "the count")
        }
    }

    private static func replaces<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "write.replace",
            "replace puts a document in place of one that matches, of one only, and says whether "
                + "there was one."
        ) { scene in
            try await scene.put(["a": 1, "b": 1], ["a": 1, "b": 1])
            let isThere = try await scene.things.replace(.field("a", .equal(1)), with: ["c": 3])
            try scene.context.expectEqual(isThere, true, "the answer")
            let rest = try await scene.things.count(.field("a", .equal(1)))
            try scene.context.expectEqual(rest, 1, "those that were not replaced")
            let made = try await scene.found(DocumentQuery(.field("c", .equal(3))))
            try scene.context.expectEqual(made.first?.count, 2, "the fields of the new document")
            let isNoneThere = try await scene.things.replace(
                .field("a", .equal(5)), with: ["c": 3])
            try scene.context.expectEqual(isNoneThere, false, "the answer for none")
            try scene.context.expectEqual(
                try await scene.things.count(.all), 2, "the count after it")
        }
    }

    private static func replaceKeepsID<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "write.replace-keeps-id",
            "A replacement keeps the identifier; one with another identifier throws "
                + "invalidArgument."
        ) { scene in
            try await scene.put(["_id": 1, "a": 1])
            try await scene.things.replace(.all, with: ["a": 2])
            try await scene.context.expectThrows(.invalidArgument, "another identifier") {
                try await scene.things.replace(.all, with: ["_id": 2, "a": 3])
            }
            try scene.context.expectEqual(
                try await scene.all(), [["_id": 1, "a": 2]], "the documents")
        }
    }

    private static func replaceIsNoChange<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "write.replace-is-no-change",
            "A replacement with a field whose name begins with a dollar sign throws "
                + "invalidArgument, whether or not a document matches, and changes nothing."
        ) { scene in
            try await scene.put(["_id": 1, "a": 1])
            for document: Document in [["$set": ["a": 2]], ["a": 2, "$set": ["b": 3]]] {
                for id in [DocumentValue.int64(1), 9] {
                    try await scene.context.expectThrows(.invalidArgument, "\(document)") {
                        try await scene.things.replace(.field(.id, .equal(id)), with: document)
                    }
                    try await scene.context.expectThrows(.invalidArgument, "\(document)") {
                        try await scene.things.upsert(.field(.id, .equal(id)), with: document)
                    }
                    try await scene.context.expectThrows(.invalidArgument, "\(document)") {
                        _ = try await scene.things.modify(
                            .init(.field(.id, .equal(id)), .replace(with: document)))
                    }
                }
            }
            let inside: Document = ["_id": 1, "a": ["$set": 3]]
            try await scene.things.replace(.all, with: inside)
            try scene.context.expectEqual(try await scene.all(), [inside], "the documents")
        }
    }

    private static func upsertsReplacement<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "write.upsert",
            "upsert replaces a document that matches, and otherwise inserts it, with the "
                + "identifier that its filter says; it says which."
        ) { scene in
            let filter = DocumentFilter.field(.id, .equal(7)) && .field("b", .equal(1))
            let first = try await scene.things.upsert(filter, with: ["b": 1])
            try scene.context.expectEqual(first, true, "whether it was inserted")
            let second = try await scene.things.upsert(filter, with: ["c": 2])
            try scene.context.expectEqual(second, false, "whether it was inserted again")
            try scene.context.expectEqual(
                try await scene.all(), [["_id": 7, "c": 2]], "the documents")
            let third = try await scene.things.upsert(.field("x", .equal(1)), with: ["_id": 8])
            try scene.context.expectEqual(third, true, "whether one without was inserted")
            try scene.context.expectEqual(
                try await scene.all(), [["_id": 7, "c": 2], ["_id": 8]], "the documents then")
        }
    }

    private static func updatesOne<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "write.update-one",
            "updateOne changes one document of those that match, and counts it; one that is as it "
                + "should be is matched and not modified."
        ) { scene in
            try await scene.put(["a": 1], ["a": 1], ["a": 2])
            let filter = DocumentFilter.field("a", .equal(1))
            let result = try await scene.things.updateOne(filter, [.set("a", 5)])
            try scene.context.expectEqual(
                [result.matched, result.modified, result.inserted, result.deleted], [1, 1, 0, 0],
                "the counts")
            try scene.context.expectEqual(try await scene.things.count(filter), 1, "the rest")
            let same = try await scene.things.updateOne(
                .field("a", .equal(5)), [.set("a", 5)])
            try scene.context.expectEqual(
                [same.matched, same.modified], [1, 0], "the counts without a change")
            let none = try await scene.things.updateOne(.field("a", .equal(9)), [.set("a", 5)])
            try scene.context.expectEqual(
                [none.matched, none.modified], [0, 0], "the counts without a match")
        }
    }

    private static func updatesMany<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "write.update-many", "updateMany changes every document that matches, each once."
        ) { scene in
            try await scene.put(["a": 1], ["a": 2], ["a": 9], ["a": 3])
            let result = try await scene.things.updateMany(
                .field("a", .less(5)), [.increment("a", by: 1)])
            try scene.context.expectEqual(
                [result.matched, result.modified], [3, 3], "the counts")
            try scene.context.expectEqual(
                try await scene.all().map { $0["a"] }, [2, 3, 9, 4], "the values")
        }
    }

    private static func upsertsUpdate<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "write.upsert-update",
            "An upserting update that matches none makes a document of the filter's equalities and "
                + "the changes, setOnInsert among them, and gives its identifier."
        ) { scene in
            let filter: DocumentFilter = .every([
                .field("z", .equal("z")), .field("b.c", .equal(1)), .field("n", .greater(5)),
                .field("l", .oneOf([3])), .field(.id, .equal(4)),
            ])
            let update: DocumentUpdate = [
                .setOnInsert("s", 1), .increment("b.d", by: 2), .set("a", 0),
            ]
            let made = try await scene.things.updateOne(filter, update, upsert: true)
            try scene.context.expectEqual(made.upsertedIDs, [0: 4], "the identifiers")
            try scene.context.expectEqual([made.matched, made.inserted], [0, 0], "the counts")
            let expected: Document = [
                "_id": 4, "b": ["c": 1, "d": 2], "l": 3, "z": "z", "a": 0, "s": 1,
            ]
            try scene.context.expectEqual(try await scene.all(), [expected], "the documents")
            let found = try await scene.things.updateMany(
                .field("z", .equal("z")), [.setOnInsert("t", 1), .set("a", 1)], upsert: true)
            try scene.context.expectEqual(found.upsertedIDs, [:], "what a match inserts")
            try scene.context.expectEqual(
                try await scene.all().map { $0["t"] }, [nil], "what setOnInsert sets then")
        }
    }

    private static func deletes<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "write.delete",
            "deleteOne removes one document of those that match, deleteMany all; both say how many."
        ) { scene in
            try await scene.put(["a": 1], ["a": 1], ["a": 1], ["a": 2])
            let filter = DocumentFilter.field("a", .equal(1))
            try scene.context.expectEqual(
                try await scene.things.deleteOne(filter), true, "deleteOne")
            try scene.context.expectEqual(
                try await scene.things.count(filter), 2, "the count after deleteOne")
            try scene.context.expectEqual(
                try await scene.things.deleteMany(filter), 2, "deleteMany")
            try scene.context.expectEqual(
                try await scene.things.deleteOne(filter), false, "deleteOne of none")
            try scene.context.expectEqual(
                try await scene.ids(DocumentQuery()), [3], "the rest")
        }
    }
}
