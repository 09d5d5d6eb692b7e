import StorageKit
import Testing

@testable import DocumentBackend

/// In a function, since the compiler takes too long for one expression.
private let changesInMongo: [(DocumentChange, Document)] = {
    var cases: [(DocumentChange, Document)] = []
    func expect(_ value: DocumentChange, _ language: Document) {
        cases.append((value, language))
    }
    expect(.set("a", 1), ["$set": ["a": 1]])
    expect(.setOnInsert("a", 1), ["$setOnInsert": ["a": 1]])
    expect(.unset("a"), ["$unset": ["a": ""]])
    expect(.increment("a", by: 1), ["$inc": ["a": 1]])
    expect(.multiply("a", by: 2), ["$mul": ["a": 2]])
    expect(.lower("a", to: 1), ["$min": ["a": 1]])
    expect(.raise("a", to: 1), ["$max": ["a": 1]])
    expect(.rename("a", to: "b"), ["$rename": ["a": "b"]])
    expect(.push("a", DocumentPush([1])), ["$push": ["a": ["$each": [1]]]])
    expect(
        .push(
            "a",
            DocumentPush(
                [1], position: 0, sorting: .byFields([DocumentOrder("x", .descending)]),
                slice: -3)),
        [
            "$push": [
                "a": ["$each": [1], "$position": 0, "$sort": ["x": .int32(-1)], "$slice": -3]
            ]
        ])
    expect(.addToSet("a", [1, 2]), ["$addToSet": ["a": ["$each": [1, 2]]]])
    expect(.pull("a", .values([1])), ["$pullAll": ["a": [1]]])
    expect(.pull("a", .matching(.less(1))), ["$pull": ["a": ["$exists": true, "$lt": 1]]])
    expect(.pull("a", .elements(Field("x") == 1)), ["$pull": ["a": ["x": ["$eq": 1]]]])
    expect(.pop("a", .first), ["$pop": ["a": .int32(-1)]])
    expect(.pop("a", .last), ["$pop": ["a": .int32(1)]])
    expect(.currentDate("a"), ["$currentDate": ["a": ["$type": "date"]]])
    expect(.currentTimestamp("a"), ["$currentDate": ["a": ["$type": "timestamp"]]])
    return cases
}()

@Suite("Updates in MongoDB's language")
struct UpdateLanguageTests {

    @Test(
        "each change is one operator",
        arguments: changesInMongo)
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
