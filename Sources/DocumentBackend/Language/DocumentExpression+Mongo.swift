internal import StorageKit

extension DocumentExpression {
    /// The expression as MongoDB writes it.
    ///
    /// Operands are always in an array: the server takes one that is not for the array of operands
    /// where it is an array itself. Values are always literals, so that none is read as an operator
    /// or a path.
    ///
    /// Source: MongoDB's manual, "Aggregation Operators".
    var mongo: DocumentValue {
        switch self {
        case .field(let path): .string("$" + path.text)
        case .root: "$$ROOT"
        case .variable(let name, let path):
            .string("$$" + name + (path.map { "." + $0.text } ?? ""))
        case .literal(let value): ["$literal": value]
        case .document(let fields): .document(fields.mongo { $0.mongo })
        case .array(let values): .array(values.map(\.mongo))
        case .unary(let name, let value): name.mongo(value.mongo)
        case .binary(let name, let left, let right):
            .call(name.mongo, [left.mongo, right.mongo])
        case .variadic(let name, let values): .call(name.mongo, values.map(\.mongo))
        case .rounded(let value, let places, let rounding):
            .call(rounding.mongo, [value.mongo, .int32(Int32(places))])
        case .datePart(let part, let value): .call(part.mongo, [value.mongo])
        case .conditional(let condition, let value, let other):
            .call("$cond", [condition.mongo, value.mongo, other.mongo])
        case .switch(let branches, let other):
            [
                "$switch": [
                    "branches": .array(
                        branches.map { ["case": $0.condition.mongo, "then": $0.value.mongo] }),
                    "default": other.mongo,
                ]
            ]
        case .filter(let array, let name, let condition):
            ["$filter": ["input": array.mongo, "as": .string(name), "cond": condition.mongo]]
        case .map(let array, let name, let value):
            ["$map": ["input": array.mongo, "as": .string(name), "in": value.mongo]]
        }
    }

    /// The expression where a document would be read as paths, or an array as operands.
    var mongoAlone: DocumentValue {
        switch self {
        case .document: .call("$mergeObjects", [mongo])
        case .array: .call("$concatArrays", [mongo])
        case .field, .root, .variable, .literal, .unary, .binary, .variadic, .rounded, .datePart,
            .conditional, .switch, .filter, .map:
            mongo
        }
    }
}

extension DocumentValue {
    /// An operator with its operands.
    fileprivate static func call(_ name: String, _ operands: [DocumentValue]) -> DocumentValue {
        .document(Document(fields: [DocumentField(name, .array(operands))]))
    }
}

extension DocumentUnaryOperator {
    /// The operator with its operand.
    fileprivate func mongo(_ operand: DocumentValue) -> DocumentValue {
        switch self {
        case .absolute: .call("$abs", [operand])
        case .ceiling: .call("$ceil", [operand])
        case .floor: .call("$floor", [operand])
        case .not: .call("$not", [operand])
        // `$toLower` by itself would make texts of numbers and dates; `$concat` takes texts alone.
        case .lowercased: .call("$toLower", [.call("$concat", [operand])])
        case .uppercased: .call("$toUpper", [.call("$concat", [operand])])
        case .byteCount: .call("$strLenBytes", [operand])
        case .characterCount: .call("$strLenCP", [operand])
        case .count: .call("$size", [operand])
        case .sum: .call("$sum", [operand])
        case .average: .call("$avg", [operand])
        case .min: .call("$min", [operand])
        case .max: .call("$max", [operand])
        case .standardDeviationOfPopulation: .call("$stdDevPop", [operand])
        case .standardDeviationOfSample: .call("$stdDevSamp", [operand])
        case .type: .call("$type", [operand])
        case .isNumber: .call("$isNumber", [operand])
        }
    }
}

extension DocumentBinaryOperator {
    fileprivate var mongo: String {
        switch self {
        case .subtract: "$subtract"
        case .divide: "$divide"
        case .mod: "$mod"
        case .elementAt: "$arrayElemAt"
        case .isIn: "$in"
        case .equal: "$eq"
        case .notEqual: "$ne"
        case .less: "$lt"
        case .lessOrEqual: "$lte"
        case .greater: "$gt"
        case .greaterOrEqual: "$gte"
        case .compare: "$cmp"
        }
    }
}

extension DocumentVariadicOperator {
    fileprivate var mongo: String {
        switch self {
        case .add: "$add"
        case .multiply: "$multiply"
        case .and: "$and"
        case .or: "$or"
        case .ifNull: "$ifNull"
        case .concat: "$concat"
        case .concatArrays: "$concatArrays"
        }
    }
}

extension DocumentRounding {
    fileprivate var mongo: String {
        switch self {
        case .toNearestOrEven: "$round"
        case .towardZero: "$trunc"
        }
    }
}

extension DocumentDatePart {
    fileprivate var mongo: String {
        switch self {
        case .year: "$year"
        case .month: "$month"
        case .dayOfMonth: "$dayOfMonth"
        case .dayOfYear: "$dayOfYear"
        case .dayOfWeek: "$dayOfWeek"
        case .week: "$week"
        case .isoDayOfWeek: "$isoDayOfWeek"
        case .isoWeek: "$isoWeek"
        case .isoWeekYear: "$isoWeekYear"
        case .hour: "$hour"
        case .minute: "$minute"
        case .second: "$second"
        case .millisecond: "$millisecond"
        }
    }
}
