/// A number of a document in its own type, as updates compute with it.
enum DocumentOperand {
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
        case .decimal(let number): number.parts == .notANumber
        }
    }

    /// The whole number that is left when a fraction is cut off; `nil` when it takes over 64 bits.
    var truncated: Int64? {
        switch self {
        case .int32(let number): return Int64(number)
        case .int64(let number): return number
        case .double(let number): return Int64(exactly: number.rounded(.towardZero))
        case .decimal(let number):
            guard case .finite(let isNegative, var significand, var exponent) = number.parts
            else { return nil }
            while exponent < 0, significand > 0 {
                significand /= 10
                exponent += 1
            }
            guard exponent < 0 || significand == 0 else {
                let whole = Decimal128(
                    .finite(isNegative: isNegative, significand: significand, exponent: exponent))
                return whole.flatMap { Int64(exactly: $0) }
            }
            return 0
        }
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
        _ left: DocumentOperand, _ right: DocumentOperand
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
            let (result, isOver) =
                self == .sum
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

extension DocumentOperand {
    /// As a decimal; a double with 15 digits.
    var decimal: DecimalParts {
        switch self {
        case .int32(let number): DecimalParts(Decimal128(Int64(number)))
        case .int64(let number): DecimalParts(Decimal128(number))
        case .double(let number): DecimalParts(roundingTo15Digits: number)
        case .decimal(let number): DecimalParts(number)
        }
    }

    /// As a double, the nearest one.
    var double: Double {
        switch self {
        case .int32(let number): Double(number)
        case .int64(let number): Double(number)
        case .double(let number): number
        case .decimal(let number): Double(number.description) ?? .nan
        }
    }
}
