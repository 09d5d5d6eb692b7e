extension DocumentUnaryOperator {
    /// The result for an operand.
    func apply(to operand: DocumentValue?) throws(StorageError) -> DocumentValue? {
        switch self {
        case .absolute, .ceiling, .floor: try number(operand)
        case .not: .bool(!operand.isTrue)
        case .lowercased: .string(try Self.text(operand).asciiLowercased)
        case .uppercased: .string(try Self.text(operand).asciiUppercased)
        case .byteCount: .count(try Self.certainText(operand).utf8.count)
        case .characterCount: .count(try Self.certainText(operand).unicodeScalars.count)
        case .count: .count(try Self.array(operand).count)
        case .sum: try tally(.sum, operand)
        case .average: try tally(.average, operand)
        case .min: try tally(.min, operand)
        case .max: try tally(.max, operand)
        case .standardDeviationOfPopulation: try tally(.standardDeviationOfPopulation, operand)
        case .standardDeviationOfSample: try tally(.standardDeviationOfSample, operand)
        case .type: .string(operand?.type.operatorName ?? "missing")
        case .isNumber: .bool(operand.flatMap { DocumentOperand($0) } != nil)
        }
    }

    private func number(_ operand: DocumentValue?) throws(StorageError) -> DocumentValue {
        guard let operand, !Optional(operand).isNothing else { return .null }
        guard let number = DocumentOperand(operand) else {
            throw .expressionDoesNotFit("what should be rounded is no number")
        }
        switch self {
        case .ceiling: return number.whole(.up)
        case .floor: return number.whole(.down)
        default: return try number.absolute()
        }
    }

    /// Of an array, what its elements come to; of anything else, what it comes to alone.
    private func tally(
        _ accumulation: DocumentAccumulation, _ operand: DocumentValue?
    ) throws(StorageError) -> DocumentValue {
        var tally = DocumentTally(accumulation)
        if case .array(let elements)? = operand {
            for element in elements { tally.add(element) }
        } else {
            tally.add(operand)
        }
        return tally.value
    }

    private static func text(_ operand: DocumentValue?) throws(StorageError) -> String {
        try operand.isNothing ? "" : certainText(operand)
    }

    private static func certainText(_ operand: DocumentValue?) throws(StorageError) -> String {
        guard case .string(let text)? = operand else {
            throw .expressionDoesNotFit("what should be a text is none")
        }
        return text
    }

    static func array(_ operand: DocumentValue?) throws(StorageError) -> [DocumentValue] {
        guard case .array(let elements)? = operand else {
            throw .expressionDoesNotFit("what should be an array is none")
        }
        return elements
    }
}

extension DocumentBinaryOperator {
    /// The result for two operands.
    func apply(
        to left: DocumentValue?, _ right: DocumentValue?
    ) throws(StorageError) -> DocumentValue? {
        let order = (left ?? .undefined).compared(to: right ?? .undefined)
        switch self {
        case .subtract, .divide, .mod:
            guard let left, let right, !Optional(left).isNothing, !Optional(right).isNothing
            else { return .null }
            return try computed(left, right)
        case .elementAt: return try Self.element(of: left, right)
        case .isIn:
            let elements = try DocumentUnaryOperator.array(right)
            return .bool(left.map { value in elements.contains { $0.isEqual(to: value) } } ?? false)
        case .equal: return .bool(order == 0)
        case .notEqual: return .bool(order != 0)
        case .less: return .bool(order < 0)
        case .lessOrEqual: return .bool(order <= 0)
        case .greater: return .bool(order > 0)
        case .greaterOrEqual: return .bool(order >= 0)
        case .compare: return .int32(Int32(order.signum()))
        }
    }

    private func computed(
        _ left: DocumentValue, _ right: DocumentValue
    ) throws(StorageError) -> DocumentValue {
        if case .date(let moment) = left, self == .subtract {
            return try moment.subtracting(right)
        }
        guard let first = DocumentOperand(left), let second = DocumentOperand(right) else {
            throw .expressionDoesNotFit("what should be computed with is no number")
        }
        switch self {
        case .subtract: return first.subtracting(second)
        case .divide: return try first.divided(by: second)
        default: return try first.remainder(dividedBy: second)
        }
    }

    private static func element(
        of array: DocumentValue?, _ place: DocumentValue?
    ) throws(StorageError) -> DocumentValue? {
        guard let place, !array.isNothing, !Optional(place).isNothing else { return .null }
        let elements = try DocumentUnaryOperator.array(array)
        guard let number = DocumentOperand(place), let index = number.exactInteger,
            let index = Int32(exactly: index)
        else { throw .expressionDoesNotFit("the place of an element is no whole number") }
        let found = index < 0 ? elements.count + Int(index) : Int(index)
        return elements.indices.contains(found) ? elements[found] : nil
    }
}

extension DocumentVariadicOperator {
    /// The result for operands, of which the later ones are not computed where they do not matter.
    func apply(
        to operands: [DocumentComputation], _ scope: DocumentScope
    ) throws(StorageError) -> DocumentValue? {
        switch self {
        case .and:
            for operand in operands where try !operand.value(of: scope).isTrue {
                return .bool(false)
            }
            return .bool(true)
        case .or:
            for operand in operands where try operand.value(of: scope).isTrue {
                return .bool(true)
            }
            return .bool(false)
        case .ifNull:
            var value: DocumentValue?
            for operand in operands {
                value = try operand.value(of: scope)
                if !value.isNothing { break }
            }
            return value
        case .add, .multiply, .concat, .concatArrays: return try joined(operands, scope)
        }
    }

    /// Null as soon as one is null.
    private func joined(
        _ operands: [DocumentComputation], _ scope: DocumentScope
    ) throws(StorageError) -> DocumentValue {
        var (sum, product) = (DocumentAddition(), DocumentProduct())
        var (text, elements) = ("", [DocumentValue]())
        for operand in operands {
            guard let value = try operand.value(of: scope), !Optional(value).isNothing else {
                return .null
            }
            switch (self, value) {
            case (.add, _): try sum.add(value)
            case (.multiply, _): try product.multiply(by: value)
            case (.concat, .string(let next)): text += next
            case (.concatArrays, .array(let next)): elements += next
            default: throw .expressionDoesNotFit("what should be joined is of another type")
            }
        }
        switch self {
        case .add: return try sum.value
        case .multiply: return product.value
        case .concat: return .string(text)
        default: return .array(elements)
        }
    }
}

extension DocumentValue {
    /// A number of things: 32 bits, as many as a document can have.
    static func count(_ count: Int) -> DocumentValue {
        Int32(exactly: count).map { .int32($0) } ?? .int64(Int64(count))
    }
}

extension String {
    fileprivate var asciiLowercased: String {
        String(decoding: utf8.map { (65...90).contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
    }

    fileprivate var asciiUppercased: String {
        String(decoding: utf8.map { (97...122).contains($0) ? $0 - 32 : $0 }, as: UTF8.self)
    }
}
