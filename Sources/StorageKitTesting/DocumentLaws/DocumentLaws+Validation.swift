public import StorageKit

extension DocumentLaws {
    /// The cases of `ValidatingDocumentStore`.
    public static func validationCases<Harness: DocumentHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>] where Harness.Subject: ValidatingDocumentStore {
        [
            validatesValues(), validatesArrays(), validatesDocuments(), validatesEveryWrite(),
            validatesItems(), leavesWhatIsThere(), moderates(), validationReadsBack(),
            validationRefuses(),
        ]
    }

    private static func validatesValues<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: ValidatingDocumentStore {
        law(
            "validation.values",
            "Types, values, bounds, lengths and patterns are about values of their kind, and a "
                + "missing field breaks none of them."
        ) { scene in
            try await scene.expect(.of(.int64, .string), allows: 1, "x", refuses: 1.0, .null, [1])
            try await scene.expect(
                .oneOf(1, "x", .null, [1], ["b": 1]), allows: 1.0, "x", .null, [1], ["b": 1],
                refuses: 2, "", [], [1, 1], ["b": 2])
            try await scene.expect(
                .bounded(minimum: .init(1), maximum: .init(2.5, isIncluded: false)),
                allows: 1, 1.0, 2.4, .int32(2), "x", [0], .null, true,
                refuses: 0.9, 2.5, 3, .double(.nan), .double(.infinity))
            try await scene.expect(
                .bounded(minimum: .init(1, isIncluded: false), maximum: nil),
                allows: 2, .double(.infinity), refuses: 1, .double(.nan))
            var length = DocumentSchema()
            (length.minimumLength, length.maximumLength) = (1, 2)
            try await scene.expect(
                length, allows: "a", "e\u{301}", "\u{1F600}\u{1F600}", 5, [], refuses: "", "abc")
            var pattern = DocumentSchema()
            pattern.pattern = "a.$"
            try await scene.expect(pattern, allows: "xab", 1, .null, refuses: "", "abc")
            try await scene.expect(.string(maximumLength: 3), allows: "abc", refuses: 1, "abcd")
            try await scene.expect(
                .number([.int64], minimum: 0, maximum: 9), allows: 0, 9, refuses: -1, 10, 1.0, "1")
        }
    }

    private static func validatesArrays<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: ValidatingDocumentStore {
        law(
            "validation.arrays",
            "Elements, their number and that no two are equal are rules of arrays."
        ) { scene in
            var items = DocumentSchema()
            items.items = .string(minimumLength: 1)
            try await scene.expect(items, allows: ["a", "b"], [], 5, refuses: [1], ["a", ""])
            try await scene.expect(
                .array(minimumCount: 1, maximumCount: 2), allows: [1], [1, 1],
                refuses: [], [1, 2, 3], 1)
            try await scene.expect(
                .array(isUnique: true), allows: [], [1, 2], [[1], 1],
                refuses: [1, 1.0], [["b": 1], ["b": 1]])
        }
    }

    private static func validatesDocuments<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: ValidatingDocumentStore {
        law(
            "validation.documents",
            "Fields, those that have to be there, others, and their number are rules of documents."
        ) { scene in
            let inner: [DocumentSchema.Field] = [
                .required("x", .number()), .optional("y", .string()), .required("z"),
            ]
            try await scene.expect(
                .document(inner), allows: ["x": 1, "z": .null], ["z": 1, "y": "", "x": 1, "w": 1],
                refuses: ["x": 1], ["x": "", "z": 1], ["x": 1, "z": 1, "y": 1], 1, [["x": 1]])
            var others = DocumentSchema()
            others.fields = [.optional("x")]
            others.allowsOtherFields = false
            try await scene.expect(
                others, allows: [:], ["x": 1], 5, refuses: ["y": 1], ["x": 1, "y": 1])
            var counts = DocumentSchema()
            (counts.minimumFields, counts.maximumFields) = (1, 2)
            try await scene.expect(
                counts, allows: ["x": 1], ["x": 1, "y": 1], 5,
                refuses: [:], ["x": 1, "y": 1, "z": 1])
            try await scene.set(
                .document([.optional("_id"), .required("a")], allowsOtherFields: false))
            try await scene.things.insert(["_id": 1, "a": 1])
            try await scene.expectBroken("a missing field") {
                try await scene.things.insert(["_id": 2])
            }
            try await scene.expectBroken("another field") {
                try await scene.things.insert(["_id": 2, "a": 1, "b": 1])
            }
        }
    }

    private static func validatesEveryWrite<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: ValidatingDocumentStore {
        law(
            "validation.writes",
            "Every kind of write is refused that would make a document break the schema, with "
                + "constraintViolation, and changes nothing."
        ) { scene in
            try await scene.set(.document([.required("a", .number())]))
            let things = scene.things
            try await things.insert(["_id": 1, "a": 1])
            let bad: Document = ["a": "x"]
            try await scene.expectBroken("an insert") { try await things.insert(bad) }
            try await scene.expectBroken("an update") {
                try await things.updateOne(.all, [.unset("a")])
            }
            try await scene.expectBroken("a replacement") {
                try await things.replace(.all, with: bad)
            }
            try await scene.expectBroken("an upsert") {
                try await things.upsert(.field(.id, .equal(2)), with: bad)
            }
            try await scene.expectBroken("an upserting update") {
                try await things.updateOne(.field(.id, .equal(2)), [.set("a", "x")], upsert: true)
            }
            try await scene.expectBroken("a modification") {
                try await things.modify(.init(.all, .update([.set("a", "x")])))
            }
            try scene.context.expectEqual(
                try await scene.all(), [["_id": 1, "a": 1]], "the documents")
            try await things.updateOne(.all, [.set("a", 2), .set("b", "x")])
            try await things.deleteOne(.all)
        }
    }

    private static func validatesItems<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: ValidatingDocumentStore {
        law(
            "validation.items",
            "Of many writes, those that would make a document break the schema are refused."
        ) { scene in
            try await scene.set(.document([.required("a")]))
            let writes: [DocumentWrite<Document>] = [
                .insert(["_id": 1]), .insert(["_id": 2, "a": 1]), .insert(["_id": 3]),
            ]
            let all = try await scene.things.write(writes, isOrdered: false)
            try scene.context.expectEqual(
                all.errors.mapValues(\.code), [0: .constraintViolation, 2: .constraintViolation],
                "the errors")
            try scene.context.expectEqual(all.insertedIDs, [1: 2], "the inserted")
            let ordered = try await scene.things.write(writes)
            try scene.context.expectEqual(ordered.firstUntried, 1, "where the untried begin")
            try scene.context.expectEqual(
                try await scene.things.count(.all), 1, "the documents")
        }
    }

    private static func leavesWhatIsThere<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: ValidatingDocumentStore {
        law(
            "validation.existing",
            "Documents that are there stay and can be removed; what changes one has to make it as "
                + "the schema says, and what leaves it as it is may leave it so."
        ) { scene in
            try await scene.put(["a": "x"], ["a": "x"], ["a": 1])
            try await scene.set(.document([.required("a", .number())]))
            let first = DocumentFilter.field(.id, .equal(0))
            try scene.context.expectEqual(
                try await scene.things.count(.field("a", .equal("x"))), 2, "the documents")
            try await scene.expectBroken("another change") {
                try await scene.things.updateOne(first, [.set("b", 1)])
            }
            let same = try await scene.things.updateOne(first, [.set("a", "x")])
            try scene.context.expectEqual(
                [same.matched, same.modified], [1, 0], "a change of nothing")
            try await scene.things.updateOne(first, [.set("a", 1)])
            try await scene.things.deleteOne(.field("a", .equal("x")))
        }
    }

    private static func moderates<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: ValidatingDocumentStore {
        law(
            "validation.moderate",
            "A moderate validation lets documents that break the schema be changed, until they do "
                + "not."
        ) { scene in
            try await scene.put(["a": "x"], ["a": 1])
            try await scene.things.setValidation(
                DocumentValidation(.document([.required("a", .number())]), level: .moderate))
            let (first, second) = (
                DocumentFilter.field(.id, .equal(0)), DocumentFilter.field(.id, .equal(1))
            )
            try await scene.things.updateOne(first, [.set("a", "y"), .set("b", 1)])
            try await scene.expectBroken("a change of a sound document") {
                try await scene.things.updateOne(second, [.set("a", "y")])
            }
            try await scene.expectBroken("an insert") { try await scene.things.insert(["a": "y"]) }
            try await scene.things.updateOne(first, [.set("a", 1)])
            try await scene.expectBroken("a change back") {
                try await scene.things.updateOne(first, [.set("a", "y")])
            }
        }
    }

    private static func validationReadsBack<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: ValidatingDocumentStore {
        law(
            "validation.reads-back",
            "A validation is read as it was set, with all its rules; the next one replaces it, "
                + "none removes it, and it goes with its collection."
        ) { scene in
            let things = scene.things
            func expect(_ expected: DocumentValidation?, _ when: String) async throws {
                try scene.context.expectEqual(
                    try await things.validation(), expected, "the validation \(when)")
            }
            try await expect(nil, "of no collection")
            try await things.setValidation(nil)
            let all = DocumentValidation(schemaSample, level: .moderate)
            try await things.setValidation(all)
            try await expect(all, "with all rules")
            try await things.setValidation(DocumentValidation(.any))
            try await expect(DocumentValidation(.any), "after another one")
            try await things.setValidation(nil)
            try await expect(nil, "after none")
            try await things.insert(["a": 1])
            try await things.setValidation(all)
            try await things.drop()
            try await expect(nil, "after drop")
            try await things.insert(["_id": 1])
        }
    }

    /// A schema with every rule.
    private static var schemaSample: DocumentSchema {
        var schema = DocumentSchema.document(
            [
                .required("_id"), .optional("types", .of(.int32, .string, .null)),
                .required("values", .oneOf(1, "x", .null, ["b": [1]])),
                .optional(
                    "numbers", .bounded(minimum: .init(0), maximum: .init(9.5, isIncluded: false))),
                .optional(
                    "texts", .string(minimumLength: 1, maximumLength: 9, pattern: "^[a-z]+$")),
                .required(
                    "arrays",
                    .array(
                        of: .document([.optional("x", .number())]), minimumCount: 1,
                        maximumCount: 5, isUnique: true)),
                .optional("all", .of(DocumentValueType.allCases)),
            ], allowsOtherFields: false)
        (schema.minimumFields, schema.maximumFields) = (1, 20)
        return schema
    }

    private static func validationRefuses<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: ValidatingDocumentStore {
        law(
            "validation.refuses",
            "A schema that can never be right is refused with invalidArgument, and not set."
        ) { scene in
            var length = DocumentSchema()
            length.minimumLength = -1
            let refused: [DocumentSchema] = [
                .document([.required("a", length)]), .of(.int64, .int64), .oneOf(1, 1.0),
                .bounded(minimum: .init("x"), maximum: nil),
                .bounded(minimum: nil, maximum: .init(.double(.nan))), .string(pattern: "("),
                .document([.optional("")]), .document([.optional("a.b")]),
                .document([.optional("$a")]), .document([.optional("a"), .required("a")]),
                .document([.optional("a")], allowsOtherFields: false),
                .array(of: .array(maximumCount: -1)),
            ]
            for schema in refused {
                try await scene.context.expectThrows(.invalidArgument, "\(schema)") {
                    try await scene.set(schema)
                }
            }
            try scene.context.expectEqual(
                try await scene.things.validation(), nil, "the validation")
        }
    }
}

extension DocumentSchema {
    fileprivate static func bounded(minimum: Bound?, maximum: Bound?) -> DocumentSchema {
        var schema = DocumentSchema()
        (schema.minimum, schema.maximum) = (minimum, maximum)
        return schema
    }

    fileprivate static func of(_ types: [DocumentValueType]) -> DocumentSchema {
        var schema = DocumentSchema()
        schema.types = types
        return schema
    }
}

extension DocumentScene where Harness.Subject: ValidatingDocumentStore {
    fileprivate func set(_ schema: DocumentSchema) async throws {
        try await things.setValidation(DocumentValidation(schema))
    }

    /// Fails the case unless something is refused because of the schema.
    fileprivate func expectBroken<Value>(
        _ what: String, _ body: () async throws -> Value
    ) async throws {
        let error = try await context.expectThrows(.constraintViolation, what, body)
        try context.expectEqual(error.constraint?.kind, .check, "the constraint of \(what)")
    }

    /// Fails the case unless a schema of the field `a` allows and refuses these values.
    fileprivate func expect(
        _ schema: DocumentSchema, allows good: DocumentValue..., refuses bad: DocumentValue...
    ) async throws {
        context.note("schema \(schema)")
        var whole = DocumentSchema()
        whole.fields = [.optional("a", schema)]
        try await set(whole)
        let documents = (good + bad).map { Document(fields: [DocumentField("a", $0)]) }
        let result = try await things.write(
            ([[:]] + documents).map { .insert($0) }, isOrdered: false)
        let refused = documents.indices.filter { result.errors[$0 + 1] != nil }
        try context.expectEqual(result.errors[0] == nil, true, "whether nothing is allowed")
        try context.expectEqual(
            refused.map { (good + bad)[$0] }.description, bad.description,
            "what \(schema) refuses")
        try context.expect(
            result.errors.values.allSatisfy { $0.code == .constraintViolation },
            "constraintViolation", seen: "\(result.errors)")
    }
}
