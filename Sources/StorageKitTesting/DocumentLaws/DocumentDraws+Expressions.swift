import StorageKit

/// Random expressions, of which most fit whatever a document has: what may not is asked for its
/// type before.
extension DocumentDraws {
    /// An expression that gives anything, or nothing.
    mutating func expression(depth: Int = 3, _ variables: [String] = []) -> DocumentExpression {
        guard depth > 0 else { return leaf(variables) }
        func inner(_ draws: inout DocumentDraws) -> DocumentExpression {
            draws.expression(depth: depth - 1, variables)
        }
        switch Int.random(in: 0..<18, using: &generator) {
        case 0, 1, 2: return leaf(variables)
        case 3: return .document(["x": inner(&self), "y": inner(&self)])
        case 4: return .array(list(upTo: 3, inner))
        case 5: return .conditional(inner(&self), then: inner(&self), else: inner(&self))
        case 6:
            return .switch(
                [
                    DocumentBranch(inner(&self), then: inner(&self)),
                    DocumentBranch(inner(&self), then: inner(&self)),
                ], default: inner(&self))
        case 7: return .variadic(.ifNull, [inner(&self), inner(&self)] + list(upTo: 1, inner))
        case 8:
            return .binary(
                pick([.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .compare]),
                inner(&self), inner(&self))
        case 9: return .variadic(pick([.and, .or]), list(upTo: 3, inner))
        case 10: return .unary(pick([.not, .type, .isNumber]), inner(&self))
        case 11: return .unary(pick([.min, .max]), inner(&self))
        case 12: return .binary(.elementAt, array(depth: depth - 1, variables), place())
        case 13: return .binary(.isIn, inner(&self), array(depth: depth - 1, variables))
        case 14: return array(depth: depth, variables)
        case 15: return text(depth: depth, variables)
        case 16: return moment(depth: depth, variables)
        default: return number(depth: depth, variables)
        }
    }

    private mutating func leaf(_ variables: [String]) -> DocumentExpression {
        switch Int.random(in: 0..<10, using: &generator) {
        case 0, 1: return .literal(value(depth: 1).withoutKeys)
        case 2: return chance(1, in: 3) ? .root : .literal(value(depth: 1).withoutKeys)
        case 3, 4, 5:
            guard let name = variables.isEmpty ? nil : pick(variables) else { break }
            return .variable(name, chance(1, in: 2) ? nil : path())
        default: break
        }
        return .field(path())
    }

    private mutating func place() -> DocumentExpression {
        .literal(pick([0, 1, .int32(-1), .int32(-2), 1.0, .null]))
    }

    /// An expression, if it gives one of these types, and another one if not.
    private mutating func certain(
        _ types: [String], _ depth: Int, _ variables: [String], or other: DocumentExpression
    ) -> DocumentExpression {
        let some = expression(depth: depth - 1, variables)
        if drawsUnfit, chance(1, in: 20) { return some }
        return .conditional(
            .binary(
                .isIn, .unary(.type, some), .literal(.array(types.map { .string($0) }))),
            then: some, else: other)
    }

    /// An expression that gives a number, or null.
    mutating func number(depth: Int = 2, _ variables: [String] = []) -> DocumentExpression {
        let literal = DocumentExpression.literal(someNumber())
        guard depth > 0 else { return certainNumber(variables) }
        func inner(_ draws: inout DocumentDraws) -> DocumentExpression {
            draws.number(depth: depth - 1, variables)
        }
        switch Int.random(in: 0..<13, using: &generator) {
        case 0, 1: return literal
        case 2:
            return certain(["int", "long", "double", "decimal", "null"], depth, variables, or: literal)
        case 3, 4: return .variadic(.add, list(upTo: 3, inner))
        case 5:
            // MongoDB multiplies more of them in an order of its own.
            return .variadic(.multiply, [certainNumber(variables), .literal(someNumber())])
        case 6: return .binary(.subtract, inner(&self), inner(&self))
        case 7:
            let divisor = inner(&self)
            return .binary(
                pick([.divide, .mod]), inner(&self),
                .conditional(
                    .binary(.equal, divisor, .literal(.int32(0))), then: .literal(someDivisor()),
                    else: divisor))
        case 8: return .unary(pick([.absolute, .ceiling, .floor]), inner(&self))
        case 9:
            return .rounded(
                inner(&self), places: pick([0, 1, 2, -1, -3, 20]), pick(DocumentRounding.allCases))
        case 10: return .unary(.count, array(depth: depth - 1, variables))
        case 11:
            return .unary(
                pick([.byteCount, .characterCount]),
                .variadic(.ifNull, [text(depth: depth - 1, variables), .literal("")]))
        default:
            let operators: [DocumentUnaryOperator] = [
                .sum, .average, .standardDeviationOfPopulation, .standardDeviationOfSample,
            ]
            return .unary(pick(operators), expression(depth: depth - 1, variables))
        }
    }

    private mutating func certainNumber(_ variables: [String]) -> DocumentExpression {
        let literal = DocumentExpression.literal(someNumber())
        return chance(1, in: 3)
            ? literal : certain(["int", "long", "double", "decimal"], 1, variables, or: literal)
    }

    private mutating func someNumber() -> DocumentValue {
        pick([
            .int32(3), .int32(-7), .int32(.max), 5, -2, .int64(.max), 0.1, 2.5, -0.75, 1e22,
            .decimal128(Decimal128("0.30") ?? .zero), .decimal128(Decimal128("-12.345") ?? .zero),
        ])
    }

    private mutating func someDivisor() -> DocumentValue {
        pick([.int32(3), 7, 0.25, -2.0, .decimal128(Decimal128("0.7") ?? .zero)])
    }

    /// An expression that gives a text, or null.
    private mutating func text(depth: Int, _ variables: [String]) -> DocumentExpression {
        guard depth > 0 else { return certain(["string"], 1, variables, or: .literal("\u{C4}b")) }
        func inner(_ draws: inout DocumentDraws) -> DocumentExpression {
            draws.text(depth: depth - 1, variables)
        }
        switch Int.random(in: 0..<4, using: &generator) {
        case 0, 1: return certain(["string", "null"], depth, variables, or: .literal("\u{E9}X"))
        case 2: return .variadic(.concat, list(upTo: 3, inner))
        default: return .unary(pick([.lowercased, .uppercased]), inner(&self))
        }
    }

    /// An expression that gives an array.
    private mutating func array(depth: Int, _ variables: [String]) -> DocumentExpression {
        let other = DocumentExpression.array([.literal(value(depth: 1).withoutKeys)])
        guard depth > 0 else { return certain(["array"], 1, variables, or: other) }
        let name = "e\(variables.count)"
        switch Int.random(in: 0..<5, using: &generator) {
        case 0, 1: return certain(["array"], depth, variables, or: other)
        case 2:
            return .variadic(
                .concatArrays, list(upTo: 2) { $0.array(depth: depth - 1, variables) })
        case 3:
            return .filter(
                array(depth: depth - 1, variables), as: name,
                where: expression(depth: depth - 1, variables + [name]))
        default:
            return .map(
                array(depth: depth - 1, variables), as: name,
                expression(depth: depth - 1, variables + [name]))
        }
    }

    /// An expression about moments.
    private mutating func moment(depth: Int, _ variables: [String]) -> DocumentExpression {
        let moment = certain(
            ["date", "objectId", "timestamp", "null"], depth, variables,
            or: .literal(
                .date(
                    DocumentDate(
                        millisecondsSince1970: Int64.random(
                            in: -9_000_000_000_000...9_000_000_000_000, using: &generator)))))
        guard chance(1, in: 3) else { return .datePart(pick(DocumentDatePart.allCases), of: moment) }
        let date = certain(
            ["date", "null"], depth, variables,
            or: .literal(.date(DocumentDate(millisecondsSince1970: 86_400_000))))
        let amount: DocumentValue = pick([.int32(5), -7, 2.5, .decimal128(Decimal128("1.5") ?? .zero)])
        return chance(1, in: 2)
            ? .variadic(.add, [.literal(amount), date]) : .binary(.subtract, date, .literal(amount))
    }
}

extension DocumentValue {
    /// The value, with others for the least and greatest keys in it.
    ///
    /// MongoDB 6.0 makes documents of them that have an empty name, between a group or lookup that
    /// its newer engine does and a stage that it does not.
    var withoutKeys: DocumentValue {
        switch self {
        case .minKey: .int32(-3)
        case .maxKey: .string("key")
        case .array(let values): .array(values.map(\.withoutKeys))
        case .document(let document): .document(document.withoutKeys)
        default: self
        }
    }
}

extension Document {
    /// The document, with others for the least and greatest keys in it.
    var withoutKeys: Document {
        Document(fields: fields.map { DocumentField($0.name, $0.value.withoutKeys) })
    }
}
