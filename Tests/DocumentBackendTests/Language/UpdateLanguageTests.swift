import StorageKit
import Testing

@testable import DocumentBackend

@Suite("Updates in MongoDB's language")
struct UpdateLanguageTests {
    @Test(
        "each change is one operator",
        arguments: [
            (.set("a", 1), ["$set": ["a": 1]]),
            (.setOnInsert("a", 1), ["$setOnInsert": ["a": 1]]),
            (.unset("a"), ["$unset": ["a": ""]]),
            (.increment("a", by: 1), ["$inc": ["a": 1]]),
            (.multiply("a", by: 2), ["$mul": ["a": 2]]),
            (.lower("a", to: 1), ["$min": ["a": 1]]),
            (.raise("a", to: 1), ["$max": ["a": 1]]),
            (.rename("a", to: "b"), ["$rename": ["a": "b"]]),
            (.push("a", DocumentPush([1])), ["$push": ["a": ["$each": [1]]]]),
            (
                .push(
                    "a",
                    DocumentPush(
                        [1], position: 0, sorting: .byFields([DocumentOrder("x", .descending)]),
                        slice: -3)),
                [
                    "$push": [
                        "a": [
                            "$each": [1], "$position": 0, "$sort": ["x": .int32(-1)],
                            "$slice": -3,
                        ]
                    ]
                ]
            ),
            (.addToSet("a", [1, 2]), ["$addToSet": ["a": ["$each": [1, 2]]]]),
            (.pull("a", .values([1])), ["$pullAll": ["a": [1]]]),
            (.pull("a", .matching(.less(1))), ["$pull": ["a": ["$exists": true, "$lt": 1]]]),
            (.pull("a", .elements(Field("x") == 1)), ["$pull": ["a": ["x": ["$eq": 1]]]]),
            (.pop("a", .first), ["$pop": ["a": .int32(-1)]]),
            (.pop("a", .last), ["$pop": ["a": .int32(1)]]),
            (.currentDate("a"), ["$currentDate": ["a": ["$type": "date"]]]),
            (.currentTimestamp("a"), ["$currentDate": ["a": ["$type": "timestamp"]]]),
        ] as [(DocumentChange, Document)])
    func changes(change: DocumentChange, language: Document) {
        #expect(DocumentUpdate([change]).mongo == language)
    }

    @Test("the changes of one operator are together")
    func together() {
        let update: DocumentUpdate = [
            .set("a", 1), .increment("b", by: 2), .set("c", 3),
        ]
        #expect(update.mongo == ["$set": ["a": 1, "c": 3], "$inc": ["b": 2]])
    }
}
