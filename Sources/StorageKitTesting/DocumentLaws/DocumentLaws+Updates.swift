import StorageKit

extension DocumentLaws {
    static func updateCases<H: DocumentHarness>() -> [ConformanceCase<H>] {
        [
            sets(), makesWay(), unsets(), increments(), promotes(), overflows(), multiplies(),
            bounds(), renames(), currentDates(), conflicts(), keepsID(), isWhole(),
            refusedUpdates(),
        ]
    }

    private static func sets<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "update.set",
            "set replaces a value where it stands; new fields come behind the others, in the order "
                + "of their paths."
        ) { scene in
            try await scene.expect(
                .set("b", "x"), of: ["b": 1, "a": 2], gives: ["b": "x", "a": 2])
            try await scene.expect(
                .set("z", 1), .set("c.b", 2), .set("10", 3), .set("c.a", 4), .set("9", 5),
                of: ["b": 0],
                gives: ["b": 0, "9": 5, "10": 3, "c": ["a": 4, "b": 2], "z": 1])
            try await scene.expect(.set("a", 1.0), of: ["a": 1], gives: ["a": 1.0])
            try await scene.expect(.set("a", -0.0), of: ["a": 0.0], gives: ["a": -0.0])
            try await scene.expect(.set("a", 1), of: ["a": 1], gives: ["a": 1])
        }
    }

    private static func makesWay<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "update.makes-way",
            "Documents on the way are made, and an array is filled with nulls up to a place; what "
                + "is there and is neither is wrongType."
        ) { scene in
            try await scene.expect(.set("a.0.b", 1), of: [:], gives: ["a": ["0": ["b": 1]]])
            try await scene.expect(.set("a.1", 9), of: ["a": [1, 2]], gives: ["a": [1, 9]])
            try await scene.expect(
                .set("a.4", 9), of: ["a": [1, 2]], gives: ["a": [1, 2, .null, .null, 9]])
            try await scene.expect(
                .set("a.0.b", 1), of: ["a": [["c": 2]]], gives: ["a": [["c": 2, "b": 1]]])
            for value: DocumentValue in [5, .null, [1, 2], "x"] {
                try await scene.expect(.set("a.b", 1), of: ["a": value], throws: .wrongType)
            }
        }
    }

    private static func unsets<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "update.unset",
            "unset removes a field, makes an array's element null, and does nothing where nothing "
                + "is."
        ) { scene in
            try await scene.expect(.unset("a"), of: ["a": 1, "b": 2], gives: ["b": 2])
            try await scene.expect(.unset("a.b"), of: ["a": ["b": 1]], gives: ["a": [:]])
            try await scene.expect(
                .unset("a.1"), of: ["a": [1, 2, 3]], gives: ["a": [1, .null, 3]])
            try await scene.expect(.unset("x.y"), of: ["a": 1], gives: ["a": 1])
            try await scene.expect(.unset("a.b"), of: ["a": 1], gives: ["a": 1])
        }
    }

    private static func increments<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "update.increment",
            "increment adds; without the field it sets; what is no number is wrongType."
        ) { scene in
            try await scene.expect(.increment("a", by: 2), of: ["a": 1], gives: ["a": 3])
            try await scene.expect(.increment("a.b", by: -2), of: [:], gives: ["a": ["b": -2]])
            try await scene.expect(
                .increment("a.1", by: 2), of: ["a": [1, 2]], gives: ["a": [1, 4]])
            for value: DocumentValue in ["x", .null, [1], true] {
                try await scene.expect(.increment("a", by: 1), of: ["a": value], throws: .wrongType)
            }
        }
    }

    private static func promotes<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "update.promotes",
            "Arithmetic gives the wider of both types, and 64 bits where 32 do not suffice."
        ) { scene in
            try await scene.expect(
                .increment("a", by: .int32(1)), of: ["a": .int32(1)], gives: ["a": .int32(2)])
            try await scene.expect(
                .increment("a", by: .int32(1)), of: ["a": .int32(.max)],
                gives: ["a": .int64(Int64(Int32.max) + 1)])
            try await scene.expect(
                .increment("a", by: 1), of: ["a": .int32(1)], gives: ["a": .int64(2)])
            try await scene.expect(.increment("a", by: 0.5), of: ["a": 1], gives: ["a": 1.5])
            try await scene.expect(
                .multiply("a", by: .int32(4)), of: ["a": .int32(1 << 30)],
                gives: ["a": .int64(1 << 32)])
            func decimal(_ text: String) -> DocumentValue {
                .decimal128(Decimal128(text) ?? .notANumber)
            }
            try await scene.expect(
                .increment("a", by: decimal("0.10")), of: ["a": 1], gives: ["a": decimal("1.10")])
            try await scene.expect(
                .increment("a", by: decimal("0.1")), of: ["a": 1.5],
                gives: ["a": decimal("1.60000000000000")])
            try await scene.expect(
                .multiply("a", by: decimal("1.5")), of: ["a": decimal("-2.50")],
                gives: ["a": decimal("-3.750")])
        }
    }

    private static func overflows<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "update.overflow", "A result that needs over 64 bits is outOfRange."
        ) { scene in
            try await scene.expect(
                .increment("a", by: 1), of: ["a": .int64(.max)], throws: .outOfRange)
            try await scene.expect(
                .increment("a", by: -1), of: ["a": .int64(.min)], throws: .outOfRange)
            try await scene.expect(
                .multiply("a", by: 4), of: ["a": .int64(1 << 62)], throws: .outOfRange)
        }
    }

    private static func multiplies<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "update.multiply", "multiply multiplies; without the field it is a zero of the type."
        ) { scene in
            try await scene.expect(.multiply("a", by: 3), of: ["a": 2], gives: ["a": 6])
            try await scene.expect(.multiply("a", by: 0.5), of: ["a": 3], gives: ["a": 1.5])
            try await scene.expect(.multiply("a", by: .int32(3)), of: [:], gives: ["a": .int32(0)])
            try await scene.expect(.multiply("a", by: 3), of: [:], gives: ["a": .int64(0)])
            try await scene.expect(.multiply("a", by: 2.5), of: [:], gives: ["a": 0.0])
            try await scene.expect(.multiply("a", by: 2), of: ["a": "x"], throws: .wrongType)
        }
    }

    private static func bounds<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "update.bounds",
            "lower and raise set what is less or greater in the order of all values; without the "
                + "field they set."
        ) { scene in
            try await scene.expect(.lower("a", to: 3), of: ["a": 5], gives: ["a": 3])
            try await scene.expect(.lower("a", to: 7), of: ["a": 5], gives: ["a": 5])
            try await scene.expect(.lower("a", to: 7), of: [:], gives: ["a": 7])
            try await scene.expect(.lower("a", to: "x"), of: ["a": 5], gives: ["a": 5])
            try await scene.expect(.lower("a", to: .null), of: ["a": 5], gives: ["a": .null])
            try await scene.expect(.raise("a", to: 7), of: ["a": 5], gives: ["a": 7])
            try await scene.expect(.raise("a", to: 5.0), of: ["a": 5], gives: ["a": 5])
            try await scene.expect(.raise("a", to: [1]), of: ["a": 5], gives: ["a": [1]])
        }
    }

    private static func renames<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "update.rename",
            "rename moves a value to another name, over what is there; without the field it does "
                + "nothing; through an array it is wrongType."
        ) { scene in
            try await scene.expect(
                .rename("a", to: "b.c"), of: ["a": 1, "z": 2], gives: ["z": 2, "b": ["c": 1]])
            try await scene.expect(
                .rename("a", to: "c"), of: ["a": 1, "b": 2, "c": 3], gives: ["b": 2, "c": 1])
            try await scene.expect(
                .rename("a.b", to: "c"), of: ["a": ["b": 1]], gives: ["a": [:], "c": 1])
            try await scene.expect(.rename("x", to: "c"), of: ["c": 1], gives: ["c": 1])
            try await scene.expect(
                .rename("a.0.b", to: "c"), of: ["a": [["b": 1]]], throws: .wrongType)
            try await scene.expect(
                .rename("c", to: "a.0.b"), of: ["a": [[:]], "c": 1], throws: .wrongType)
        }
    }

    private static func currentDates<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "update.current-date",
            "currentDate sets a date and currentTimestamp a timestamp, both of now."
        ) { scene in
            try await scene.put(["a": 1])
            try await scene.things.updateOne(.all, [.currentDate("a"), .currentTimestamp("b")])
            let seen = try await scene.all().first ?? Document()
            guard case .date(let date) = seen["a"], case .timestamp(let timestamp) = seen["b"]
            else {
                try scene.context.expect(false, "a date and a timestamp", seen: "\(seen)")
                return
            }
            let distance = date.millisecondsSince1970 / 1_000 - Int64(timestamp.seconds)
            try scene.context.expect(
                abs(distance) <= 1, "both of the same moment", seen: "\(seen)")
        }
    }

    private static func conflicts<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "update.conflicts",
            "Two changes that touch the same path are invalidArgument, and nothing is changed."
        ) { scene in
            let pairs: [[DocumentChange]] = [
                [.set("a", 1), .increment("a", by: 1)], [.set("a", 1), .set("a.b", 1)],
                [.set("a.b.c", 1), .unset("a")], [.rename("a", to: "c"), .set("c.d", 1)],
                [.rename("b", to: "b.c")], [.rename("b", to: "b")],
                [.set("a.$[]", 1), .set("a.0", 1)],
            ]
            for changes in pairs {
                try await scene.put(["a": [1], "b": 2])
                try await scene.context.expectThrows(.invalidArgument, "\(changes)") {
                    try await scene.things.updateMany(.all, DocumentUpdate(changes))
                }
                try scene.context.expectEqual(
                    try await scene.all(), [["_id": 0, "a": [1], "b": 2]], "the documents")
            }
            try await scene.expect(
                .set("a.b", 1), .increment("a.c", by: 1), of: [:], gives: ["a": ["b": 1, "c": 1]])
        }
    }

    private static func keepsID<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "update.keeps-id",
            "An update that changes the identifier is invalidArgument; one that says it again is "
                + "none."
        ) { scene in
            let changes: [DocumentChange] = [
                .set("_id", 2), .unset("_id"), .increment("_id", by: 1), .rename("_id", to: "b"),
                .rename("a", to: "_id"), .set("_id", 1.0),
            ]
            for change in changes {
                try await scene.expect(change, of: ["_id": 1, "a": 5], throws: .invalidArgument)
            }
            try await scene.expect(
                .set("_id", 1), .set("a", 6), of: ["_id": 1, "a": 5], gives: ["_id": 1, "a": 6])
        }
    }

    private static func isWhole<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "update.whole", "The changes of an update happen together or not at all."
        ) { scene in
            try await scene.expect(
                .set("a", 2), .increment("b", by: 1), of: ["a": 1, "b": "x"], throws: .wrongType)
            try await scene.expect(
                .increment("b", by: 1), .set("c", 2), of: ["b": 1], gives: ["b": 2, "c": 2])
        }
    }

    private static func refusedUpdates<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "update.refuses",
            "An update that can never be right throws invalidArgument, whether or not a document "
                + "matches: no change, a path that is none, a number that is none."
        ) { scene in
            let updates: [DocumentUpdate] = [
                [], [.set("", 1)], [.set("a.", 1)], [.set("$a", 1)], [.set("a.$b", 1)],
                [.increment("a", by: "x")], [.multiply("a", by: .null)],
                [.rename("a.$[]", to: "b")], [.set("a.$.b.$", 1)], [.set("a\0", 1)],
                [.pull("a", .matching(.count(-1)))],
                [.push("a", DocumentPush([1], sorting: .byFields([])))],
            ]
            for update in updates {
                try await scene.context.expectThrows(.invalidArgument, "\(update)") {
                    try await scene.things.updateOne(.all, update, upsert: true)
                }
            }
            try scene.context.expectEqual(try await scene.things.count(.all), 0, "the documents")
        }
    }
}
