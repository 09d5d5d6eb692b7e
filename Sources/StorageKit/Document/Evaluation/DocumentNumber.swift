/// A number of a document, whatever its type.
enum DocumentNumber {
    case int32(Int32)
    case int64(Int64)
    case double(Double)
    case decimal(Decimal128)

    /// The number that a value is; `nil` when it is something else.
    init?(_ value: DocumentValue) {
        switch value {
        case .int32(let number): self = .int32(number)
        case .int64(let number): self = .int64(number)
        case .double(let number): self = .double(number)
        case .decimal128(let number): self = .decimal(number)
        default: return nil
        }
    }

    var isNaN: Bool {
        switch self {
        case .int32, .int64: false
        case .double(let number): number.isNaN
        case .decimal(let number): DecimalParts(number).kind == .notANumber
        }
    }

    /// The whole number that is left when a fraction is cut off; `nil` when it takes over 64 bits.
    var truncated: Int64? {
        switch self {
        case .int32(let number): Int64(number)
        case .int64(let number): number
        case .double(let number): Int64(exactly: number.rounded(.towardZero))
        case .decimal(let number): DecimalParts(number).truncated
        }
    }

    private var whole: Int64? {
        switch self {
        case .int32(let number): Int64(number)
        case .int64(let number): number
        case .double, .decimal: nil
        }
    }

    private var exact: DecimalParts {
        switch self {
        case .int32(let number): DecimalParts(Int64(number))
        case .int64(let number): DecimalParts(number)
        case .double(let number): DecimalParts(exactly: number)
        case .decimal(let number): DecimalParts(number)
        }
    }
}

extension DocumentNumber {
    /// Which is less by what they are worth, exactly: NaN is less than every other, and equal to
    /// itself.
    func compared(to other: Self) -> Int {
        if isNaN || other.isNaN { return (isNaN ? 0 : 1) - (other.isNaN ? 0 : 1) }
        if let left = whole, let right = other.whole {
            return left == right ? 0 : left < right ? -1 : 1
        }
        if case .double(let left) = self, case .double(let right) = other {
            return left == right ? 0 : left < right ? -1 : 1
        }
        let (left, right) = (exact, other.exact)
        guard let first = left.worth, let second = right.worth else {
            return left.side - right.side
        }
        return first == second ? 0 : first < second ? -1 : 1
    }
}

extension DecimalParts {
    /// Where an infinite number is, seen from the finite ones.
    fileprivate var side: Int { kind == .infinite ? (isNegative ? -1 : 1) : 0 }

    fileprivate var truncated: Int64? {
        guard kind == .finite else { return nil }
        guard !digits.isEmpty, digits.count + exponent > 0 else { return 0 }
        guard digits.count + exponent <= 19 else { return nil }
        let kept = exponent < 0
            ? digits.dropLast(-exponent)[...] : (digits + Array(repeating: 0, count: exponent))[...]
        let magnitude = kept.reduce(Int128(0)) { $0 * 10 + Int128($1) }
        return Int64(exactly: isNegative ? -magnitude : magnitude)
    }
}

/// What an update computes.
enum DocumentArithmetic {
    case sum
    case product

    /// The result in the wider of both types; of two 32-bit integers in 64 bits if it needs them.
    ///
    /// - Throws: `outOfRange` when it needs more than 64 bits.
    func callAsFunction(
        _ left: DocumentNumber, _ right: DocumentNumber
    ) throws(StorageError) -> DocumentValue {
        switch (left, right) {
        case (.decimal, _), (_, .decimal):
            let (first, second) = (left.decimal, right.decimal)
            return .decimal128((self == .sum ? first + second : first * second).number)
        case (.double, _), (_, .double):
            let (first, second) = (left.double, right.double)
            return .double(self == .sum ? first + second : first * second)
        case (.int32(let first), .int32(let second)):
            let result = self == .sum ? Int64(first) + Int64(second) : Int64(first) * Int64(second)
            return Int32(exactly: result).map { .int32($0) } ?? .int64(result)
        default:
            let (first, second) = (left.truncated ?? 0, right.truncated ?? 0)
            let (result, isOver) = self == .sum
                ? first.addingReportingOverflow(second)
                : first.multipliedReportingOverflow(by: second)
            guard !isOver else {
                throw StorageError(
                    code: .outOfRange, message: "the result of the update needs over 64 bits")
            }
            return .int64(result)
        }
    }
}

extension DocumentNumber {
    fileprivate var decimal: DecimalParts {
        if case .double(let number) = self { return DecimalParts(roundingTo15Digits: number) }
        return exact
    }

    fileprivate var double: Double {
        switch self {
        case .int32(let number): Double(number)
        case .int64(let number): Double(number)
        case .double(let number): number
        case .decimal: .nan
        }
    }
}
