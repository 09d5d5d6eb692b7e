import StorageKit
import Testing

@testable import DocumentBackend

/// In a function, since the compiler takes too long for one expression.
private let stagesInMongo: [(DocumentStage, Document)] = {
    var cases: [(DocumentStage, Document)] = []
    func expect(_ value: DocumentStage, _ language: Document) { cases.append((value, language)) }
    expect(.match(Field("a") == 1), ["$match": ["a": ["$eq": 1]]])
    expect(
        .project(["a"], computed: ["b": "$a"]),
        ["$project": ["a": .int32(1), "b": ["$literal": "$a"]]])
    expect(.project([]), ["$project": ["_id": .int32(1)]])
    expect(
        .project(["a"], computed: [:], id: false), ["$project": ["a": .int32(1), "_id": .int32(0)]])
    expect(.unset(["a", "b.c"]), ["$unset": ["a", "b.c"]])
    expect(
        .addFields(["a.b": .document(["x": .field("c")])]),
        ["$addFields": ["a.b": ["$mergeObjects": [["x": "$c"]]]]])
    expect(
        .group(by: Field("a"), ["n": .count, "s": .push(.array([.field("b")]))]),
        [
            "$group": [
                "_id": "$a", "n": ["$sum": .int32(1)], "s": ["$push": ["$concatArrays": [["$b"]]]],
            ]
        ])
    expect(.group([:]), ["$group": ["_id": ["$literal": .null]]])
    expect(.sort(DocumentOrder("a", .descending)), ["$sort": ["a": .int32(-1)]])
    expect(.skip(2), ["$skip": 2])
    expect(.limit(3), ["$limit": 3])
    expect(.limit(0), ["$match": ["$alwaysFalse": 1]])
    expect(.unwind(Field("a")), ["$unwind": ["path": "$a"]])
    expect(
        .unwind(Field("a"), includeArrayIndex: "i", preserveNullAndEmptyArrays: true),
        [
            "$unwind": [
                "path": "$a", "includeArrayIndex": "i", "preserveNullAndEmptyArrays": true,
            ]
        ])
    expect(
        .lookup(from: "x", localField: Field("a"), foreignField: Field("b"), as: "c"),
        ["$lookup": ["from": "x", "localField": "a", "foreignField": "b", "as": "c"]])
    expect(
        .lookup(
            from: "x", localField: Field("a"), foreignField: Field("b"), pipeline: [.limit(1)],
            as: "c"),
        [
            "$lookup": [
                "from": "x", "localField": "a", "foreignField": "b",
                "pipeline": [["$limit": 1]], "as": "c",
            ]
        ])
    expect(.count("n"), ["$count": "n"])
    expect(.facet(["a": [.skip(1)], "b": []]), ["$facet": ["a": [["$skip": 1]], "b": []]])
    expect(
        .bucket(by: Field("a"), boundaries: [0, 5], default: "x"),
        [
            "$bucket": [
                "groupBy": "$a", "boundaries": [["$literal": 0], ["$literal": 5]],
                "default": ["$literal": "x"], "output": ["count": ["$sum": .int32(1)]],
            ]
        ])
    return cases
}()

/// In a function, since the compiler takes too long for one expression.
private let expressionsInMongo: [(DocumentExpression, DocumentValue)] = {
    var cases: [(DocumentExpression, DocumentValue)] = []
    func expect(_ value: DocumentExpression, _ language: DocumentValue) {
        cases.append((value, language))
    }
    let a = DocumentExpression.field("a.b")
    expect(a, "$a.b")
    expect(.root, "$$ROOT")
    expect(.variable("e"), "$$e")
    expect(.variable("e", "x.y"), "$$e.x.y")
    expect("$a", ["$literal": "$a"])
    expect(.document(["x": a]), ["x": "$a.b"])
    expect(.array([a, 1]), ["$a.b", ["$literal": 1]])
    expect(.absolute(a), ["$abs": ["$a.b"]])
    expect(.sum(of: .array([a])), ["$sum": [["$a.b"]]])
    expect(.lowercased(a), ["$toLower": [["$concat": ["$a.b"]]]])
    expect(.subtract(a, 1), ["$subtract": ["$a.b", ["$literal": 1]]])
    expect(.element(at: 0, of: a), ["$arrayElemAt": ["$a.b", ["$literal": 0]]])
    expect(.isIn(1, a), ["$in": [["$literal": 1], "$a.b"]])
    expect(.add(a, a), ["$add": ["$a.b", "$a.b"]])
    expect(.ifNull(a, a), ["$ifNull": ["$a.b", "$a.b"]])
    expect(.rounded(a, places: 2), ["$round": ["$a.b", .int32(2)]])
    expect(.rounded(a, .towardZero), ["$trunc": ["$a.b", .int32(0)]])
    expect(.datePart(.isoWeek, of: a), ["$isoWeek": ["$a.b"]])
    expect(.conditional(a, then: a, else: a), ["$cond": ["$a.b", "$a.b", "$a.b"]])
    expect(
        .switch([DocumentBranch(a, then: a)], default: a),
        ["$switch": ["branches": [["case": "$a.b", "then": "$a.b"]], "default": "$a.b"]])
    expect(
        .filter(a, as: "e", where: .variable("e")),
        ["$filter": ["input": "$a.b", "as": "e", "cond": "$$e"]])
    expect(
        .map(a, as: "e", .variable("e")), ["$map": ["input": "$a.b", "as": "e", "in": "$$e"]])
    return cases
}()

@Suite("Pipelines in MongoDB's language")
struct PipelineLanguageTests {
    @Test("each stage is one of the server's", arguments: stagesInMongo)
    func stages(stage: DocumentStage, language: Document) { #expect(stage.mongo == language) }

    @Test("operands are in arrays, and values are literals", arguments: expressionsInMongo)
    func expressions(expression: DocumentExpression, language: DocumentValue) {
        #expect(expression.mongo == language)
    }

    @Test("no two operators and no two accumulators are written alike")
    func apart() {
        let a = DocumentExpression.field("a")
        let operators: [DocumentExpression] =
            DocumentUnaryOperator.allCases.map { .unary($0, a) }
            + DocumentBinaryOperator.allCases.map { .binary($0, a, a) }
            + DocumentVariadicOperator.allCases.map { .variadic($0, [a]) }
            + DocumentDatePart.allCases.map { .datePart($0, of: a) }
        #expect(Set(operators.map(\.mongo)).count == operators.count)
        let accumulators = DocumentAccumulation.allCases.map { DocumentAccumulator.of($0, a) }
        #expect(Set(accumulators.map(\.mongo)).count == accumulators.count)
    }
}
