import StorageKit
import Testing

@testable import DocumentBackend

/// In a function, since the compiler takes too long for one expression.
private let predicatesInMongo: [(DocumentFilter, Document)] = {
    let field = Field("a.b")
    var cases: [(DocumentFilter, Document)] = []
    func expect(_ value: DocumentFilter, _ language: Document) {
        cases.append((value, language))
    }
    expect(field == 1, ["a.b": ["$eq": 1]])
    expect(field != 1, ["a.b": ["$not": ["$eq": 1]]])
    expect(field < 1, ["a.b": ["$lt": 1]])
    expect(field <= 1, ["a.b": ["$lte": 1]])
    expect(field > 1, ["a.b": ["$gt": 1]])
    expect(field >= 1, ["a.b": ["$gte": 1]])
    expect(field.isOne(of: [1, "x"]), ["a.b": ["$in": [1, "x"]]])
    expect(field.isNone(of: []), ["a.b": ["$nin": []]])
    expect(field.exists, ["a.b": ["$exists": true]])
    expect(field.isMissing, ["a.b": ["$exists": false]])
    expect(field.hasType(.string, .minKey), ["a.b": ["$type": [.int32(2), .int32(-1)]]])
    expect(
        field.matches("^x", options: "mi"),
        ["a.b": ["$regex": .regularExpression(DocumentRegularExpression("^x", options: "im"))]])
    expect(.field("a", .remainder(1, dividedBy: 2)), ["a": ["$mod": [2, 1]]])
    expect(.field("a", .containsAll([1, 2])), ["a": ["$all": [1, 2]]])
    expect(.field("a", .count(3)), ["a": ["$size": 3]])
    expect(.field("a", .someElement(Field("x") == 1)), ["a": ["$elemMatch": ["x": ["$eq": 1]]]])
    expect(
        .field("a", .someValue([.greater(1), .less(9)])),
        ["a": ["$elemMatch": ["$gt": 1, "$lt": 9]]])
    expect(.field("a", .both([.greater(1), .less(9)])), ["a": ["$gt": 1, "$lt": 9]])
    let patterns = ["^a", "b$"].map { DocumentRegularExpression($0, options: "i") }
    expect(
        .field("a", .both(patterns.map { .matches($0) })),
        [
            "a": [
                "$in": [.regularExpression(patterns[0])], "$in": [.regularExpression(patterns[1])],
            ]
        ])
    expect(.field("a", .type([])), ["a": ["$in": []]])
    expect(.field("a", .both([])), ["a": ["$nin": []]])
    expect(.field("a", .not(.equal(1))), ["a": ["$not": ["$eq": 1]]])
    return cases
}()

@Suite("Filters in MongoDB's language")
struct FilterLanguageTests {
    @Test(
        "each predicate is one operator",
        arguments: predicatesInMongo)
    func predicates(filter: DocumentFilter, language: Document) {
        #expect(filter.mongo == language)
    }

    @Test("filters are joined by and, or and nor")
    func joined() {
        let (a, b, c) = (Field("a") == 1, Field("b") == 2, Field("c") == 3)
        let (x, y, z): (DocumentValue, DocumentValue, DocumentValue) = (
            ["a": ["$eq": 1]], ["b": ["$eq": 2]], ["c": ["$eq": 3]]
        )
        #expect((a && b && c).mongo == ["$and": [x, y, z]])
        #expect((a || b || c).mongo == ["$or": [x, y, z]])
        #expect((a || b && c).mongo == ["$or": [x, ["$and": [y, z]]]])
        #expect((!a).mongo == ["$nor": [x]])
    }

    @Test("without filters, every one is every document and one of them is none")
    func empty() {
        #expect(DocumentFilter.all.mongo.isEmpty)
        #expect(DocumentFilter.neither([]).mongo.isEmpty)
        #expect(DocumentFilter.either([]).mongo == ["$alwaysFalse": 1])
    }
}
