import StorageKit

/// Random documents, filters, changes and orders, few enough that they meet each other.
struct DocumentDraws {
    var generator: SeededGenerator
    /// Whether an expression may meet what it does not fit.
    var drawsUnfit = false

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    /// A value of each type, and the awkward ones of some.
    static let samples: [DocumentValue] = [
        1.5, -0.0, .double(.infinity), .double(.leastNonzeroMagnitude), "", "text", "a\0b",
        "\u{E9}e\u{301}\u{1F600}", [:], ["b": ["c": 1]], [], [1, "x", [.null]],
        .binary(DocumentBinary([])), .binary(DocumentBinary([0, 255], subtype: .uuid)),
        .binary(DocumentBinary([1], subtype: .init(rawValue: 128))), .undefined,
        .objectID(ObjectID(seconds: 7, process: 8, counter: 9)), true, false,
        .date(DocumentDate(millisecondsSince1970: -1)),
        .date(DocumentDate(millisecondsSince1970: 1_700_000_000_123)), .null,
        .regularExpression(DocumentRegularExpression("^a.*", options: "im")),
        .javaScript("f()"), .symbol("name"), .javaScriptWithScope("f()", ["x": 1]),
        .int32(.min), .int32(7), .timestamp(DocumentTimestamp(seconds: 1, increment: .max)),
        .int64(.max), 0, .decimal128(Decimal128("1.00") ?? .zero), .decimal128(.notANumber),
        .decimal128(Decimal128("-9.999999999999999999999999999999999E+6144") ?? .zero), .minKey,
        .maxKey,
    ]

    mutating func chance(_ one: Int, in many: Int) -> Bool {
        Int.random(in: 0..<many, using: &generator) < one
    }

    mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: 0..<values.count, using: &generator)]
    }

    mutating func list<Value>(
        upTo most: Int, _ draw: (inout DocumentDraws) -> Value
    ) -> [Value] {
        var values: [Value] = []
        for _ in 0..<Int.random(in: 0...most, using: &generator) { values.append(draw(&self)) }
        return values
    }
}

// MARK: Values

extension DocumentDraws {
    mutating func name() -> String { pick(["a", "b", "c"]) }

    mutating func scalar() -> DocumentValue {
        pick([
            0, 1, 2, 1.0, 1.5, .int32(1), .int32(2), .int32(.max), .int64(.max), -1, "a", "ab", "B",
            "\u{E9}", true, false, .null, .null, .double(.nan), .decimal128(Decimal128(1)),
            .decimal128(Decimal128("2.50") ?? .zero), .minKey, .maxKey,
            .date(DocumentDate(millisecondsSince1970: 5)),
            .objectID(ObjectID(seconds: 1, process: 2, counter: 3)),
            .binary(DocumentBinary([1, 2])),
        ])
    }

    mutating func value(depth: Int = 2) -> DocumentValue {
        guard depth > 0, chance(2, in: 5) else { return scalar() }
        if chance(1, in: 2) { return .array(list(upTo: 3) { $0.value(depth: depth - 1) }) }
        return .document(document(depth: depth - 1))
    }

    /// A document of some of the names, each once.
    mutating func document(depth: Int = 3) -> Document {
        var document = Document()
        for _ in 0..<Int.random(in: 0...3, using: &generator) {
            document[name()] = value(depth: depth)
        }
        return document
    }

    mutating func path() -> DocumentPath {
        var names = [name()]
        for _ in 0..<Int.random(in: 0...2, using: &generator) {
            names.append(chance(1, in: 4) ? pick(["0", "1"]) : name())
        }
        return DocumentPath(names.joined(separator: "."))
    }
}

// MARK: Filters and orders

extension DocumentDraws {
    mutating func predicate(depth: Int = 2) -> DocumentPredicate {
        switch Int.random(in: 0..<(depth > 0 ? 18 : 13), using: &generator) {
        case 0, 1: .equal(value(depth: 1))
        case 2: .notEqual(value(depth: 1))
        case 3: .less(value(depth: 1))
        case 4: .lessOrEqual(value(depth: 1))
        case 5: .greater(value(depth: 1))
        case 6: .greaterOrEqual(value(depth: 1))
        case 7: .oneOf(list(upTo: 3) { $0.value(depth: 1) })
        case 8: .noneOf(list(upTo: 3) { $0.value(depth: 1) })
        case 9: .exists(chance(1, in: 2))
        case 10: .type(list(upTo: 2) { $0.pick(DocumentValueType.allCases) })
        case 11:
            .matches(
                DocumentRegularExpression(
                    pick(["^a", "b$", "a.", "^.$"]), options: pick(["", "i", "s"])))
        case 12: .remainder(pick([0, 1]), dividedBy: pick([2, -3, 1]))
        case 13: .containsAll(list(upTo: 2) { $0.value(depth: 1) })
        case 14: .count(Int.random(in: 0...3, using: &generator))
        case 15: .someElement(filter(depth: depth - 1))
        case 16: .someValue(list(upTo: 2) { $0.predicate(depth: depth - 1) })
        default:
            chance(1, in: 3)
                ? .both(list(upTo: 2) { $0.predicate(depth: depth - 1) })
                : .not(predicate(depth: depth - 1))
        }
    }

    mutating func filter(depth: Int = 2) -> DocumentFilter {
        guard depth > 0, chance(1, in: 3) else { return .field(path(), predicate(depth: depth)) }
        let filters = list(upTo: 3) { $0.filter(depth: depth - 1) }
        return pick([.every(filters), .either(filters), .neither(filters)])
    }

    /// The identifier last, so that there is one order.
    mutating func order() -> [DocumentOrder] {
        var paths: [DocumentPath] = []
        for path in list(upTo: 2, { $0.path() }) where !paths.contains(path) { paths.append(path) }
        return paths.map { DocumentOrder($0, pick([.ascending, .descending])) }
            + [DocumentOrder(.id, pick([.ascending, .descending]))]
    }

    mutating func projection() -> DocumentProjection {
        let paths = list(upTo: 2) { $0.path() }
        return pick([.all, .only(paths, id: chance(1, in: 2)), .without(paths)])
    }
}

// MARK: Changes

extension DocumentDraws {
    mutating func change() -> DocumentChange {
        let path = updatePath()
        switch Int.random(in: 0..<14, using: &generator) {
        case 0, 1: return .set(path, value(depth: 2))
        case 2: return .unset(path)
        case 3: return .increment(path, by: number())
        case 4: return .multiply(path, by: number())
        case 5: return .lower(path, to: value(depth: 1))
        case 6: return .raise(path, to: value(depth: 1))
        case 7: return .rename(self.path(), to: self.path())
        case 8, 9: return .push(path, push())
        case 10: return .addToSet(path, list(upTo: 3) { $0.value(depth: 1) })
        case 11: return .pull(path, pull())
        case 12: return .pop(path, pick([.first, .last]))
        default: return .setOnInsert(path, value(depth: 1))
        }
    }

    mutating func number() -> DocumentValue {
        pick([
            1, .int32(1), .int32(.max), 0.5, -2, .decimal128(Decimal128("0.25") ?? .zero),
            .int64(.max),
        ])
    }

    private mutating func updatePath() -> DocumentPath {
        let path = path()
        switch Int.random(in: 0..<10, using: &generator) {
        case 0: return path.appending("$[]")
        case 1: return DocumentPath("\(name()).$[].\(name())")
        case 2: return path.appending("$[e]")
        case 3: return DocumentPath("\(name()).$[e].\(name())")
        default: return path
        }
    }

    private mutating func push() -> DocumentPush {
        DocumentPush(
            list(upTo: 2) { $0.value(depth: 1) },
            position: pick([nil, 0, 1, -1, 9]),
            sorting: pick([
                nil, nil, .byValue(.ascending), .byValue(.descending),
                .byFields([DocumentOrder("a", .descending)]),
            ]), slice: pick([nil, nil, 0, 2, -2]))
    }

    private mutating func pull() -> DocumentPull {
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: .values(list(upTo: 2) { $0.value(depth: 1) })
        case 1: .matching(predicate(depth: 1))
        default: .elements(filter(depth: 1))
        }
    }

    /// Changes, with the array filter that their paths need.
    mutating func update() -> DocumentUpdate {
        let changes = [change()] + list(upTo: 2) { $0.change() }
        let needsFilter = changes.contains { change in
            if case .rename = change { return false }
            return "\(change)".contains("$[e]")
        }
        let filter = DocumentFilter.field(
            chance(1, in: 2) ? "e" : DocumentPath("e.\(name())"), predicate(depth: 1))
        return DocumentUpdate(changes, arrayFilters: needsFilter ? [filter] : [])
    }
}
