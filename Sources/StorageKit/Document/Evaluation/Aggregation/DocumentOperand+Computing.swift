extension DocumentOperand {
    /// The number as a value.
    var value: DocumentValue {
        switch self {
        case .int32(let number): .int32(number)
        case .int64(let number): .int64(number)
        case .double(let number): .double(number)
        case .decimal(let number): .decimal128(number)
        }
    }

    /// The product; of integers beyond 64 bits, and from there on, as doubles.
    func multiplied(by factor: DocumentOperand) -> DocumentOperand {
        switch (self, factor) {
        case (.decimal, _), (_, .decimal): return .decimal((decimal * factor.decimal).number)
        case (.double, _), (_, .double): return .double(double * factor.double)
        default:
            let (product, isOver) =
                (truncated ?? 0).multipliedReportingOverflow(by: factor.truncated ?? 0)
            return isOver ? .double(double * factor.double) : integer(product, with: factor)
        }
    }

    /// The difference; of integers beyond 64 bits, as doubles.
    func subtracting(_ other: DocumentOperand) -> DocumentValue {
        switch (self, other) {
        case (.decimal, _), (_, .decimal):
            return .decimal128((decimal + other.decimal.negated).number)
        case (.double, _), (_, .double): return .double(double - other.double)
        default:
            let (difference, isOver) =
                (truncated ?? 0).subtractingReportingOverflow(other.truncated ?? 0)
            return isOver
                ? .double(double - other.double) : integer(difference, with: other).value
        }
    }

    /// The quotient.
    ///
    /// - Throws: `invalidArgument` for a division by zero.
    func divided(by other: DocumentOperand) throws(StorageError) -> DocumentValue {
        guard !other.isZero else { throw .divisionByZero }
        switch (self, other) {
        case (.decimal, _), (_, .decimal): return .decimal128((decimal / other.decimal).number)
        default: return .double(double / other.double)
        }
    }

    /// What a division leaves, with the sign of what is divided.
    ///
    /// A double that is a whole number of 32 bits is taken for that number.
    ///
    /// - Throws: `invalidArgument` for a division by zero.
    func remainder(dividedBy other: DocumentOperand) throws(StorageError) -> DocumentValue {
        guard !other.isZero else { throw .divisionByZero }
        switch (self, other) {
        case (.decimal, _), (_, .decimal):
            return .decimal128(decimal.remainder(dividedBy: other.decimal).number)
        case (.double(let number), _):
            return .double(number.truncatingRemainder(dividingBy: other.double))
        case (_, .double(let divisor)):
            guard let narrow = Int32(exactly: divisor) else {
                return .double(double.truncatingRemainder(dividingBy: divisor))
            }
            return try remainder(dividedBy: .int32(narrow))
        default:
            let (number, divisor) = (truncated ?? 0, other.truncated ?? 1)
            // The least number has no opposite: the processor would not divide it by -1.
            return integer(divisor == -1 ? 0 : number % divisor, with: other).value
        }
    }

    /// The number without its sign.
    ///
    /// - Throws: `outOfRange` for the least integer, which has no opposite.
    func absolute() throws(StorageError) -> DocumentValue {
        switch self {
        case .int32(let number):
            return number == .min ? .int64(Int64(number.magnitude)) : .int32(abs(number))
        case .int64(let number):
            guard number != .min else { throw .resultOutOfRange("it needs over 64 bits") }
            return .int64(abs(number))
        case .double(let number): return .double(abs(number))
        case .decimal(let number):
            return .decimal128(Decimal128(high: number.high & ~(1 << 63), low: number.low))
        }
    }

    /// The whole number next to it, in its own type.
    func whole(_ rule: FloatingPointRoundingRule) -> DocumentValue {
        switch self {
        case .int32, .int64: value
        case .double(let number): .double(number.rounded(rule))
        case .decimal: .decimal128(decimal.quantized(to: 0, rule)?.number ?? .notANumber)
        }
    }

    /// The number, if it is a whole one of 64 bits.
    var exactInteger: Int64? {
        switch self {
        case .int32(let number): Int64(number)
        case .int64(let number): number
        case .double(let number): Int64(exactly: number)
        case .decimal(let number): Int64(exactly: number)
        }
    }

    /// The whole number next to a decimal, the even one from the middle; of others, as cut off.
    var rounded: Int64? {
        guard case .decimal(let number) = self else { return truncated }
        return DecimalParts(number).quantized(to: 0, .toNearestOrEven)
            .flatMap { Int64(exactly: $0.number) }
    }

    private var isZero: Bool {
        DocumentNumber(value)?.compare(to: DocumentNumber(0 as Int64)) == 0
    }

    /// An integer as narrow as the wider of two operands.
    private func integer(_ number: Int64, with other: DocumentOperand) -> DocumentOperand {
        guard case (.int32, .int32) = (self, other), let narrow = Int32(exactly: number) else {
            return .int64(number)
        }
        return .int32(narrow)
    }
}

extension DocumentDate {
    /// The milliseconds since another moment, or the moment so many milliseconds before.
    func subtracting(_ value: DocumentValue) throws(StorageError) -> DocumentValue {
        if case .date(let other) = value {
            // As the server does, which does not look whether it fits.
            return .int64(millisecondsSince1970 &- other.millisecondsSince1970)
        }
        guard let number = DocumentOperand(value) else {
            throw .expressionDoesNotFit("what should be taken from a moment is no number")
        }
        guard let milliseconds = number.rounded else {
            throw .resultOutOfRange("no moment is so far")
        }
        let (moment, isOver) = millisecondsSince1970.subtractingReportingOverflow(milliseconds)
        guard !isOver else { throw .resultOutOfRange("no moment is so far") }
        return .date(DocumentDate(millisecondsSince1970: moment))
    }
}

/// Rounding to a number of places.
struct DocumentRound {
    private let rule: FloatingPointRoundingRule
    private let places: Int

    init(_ rounding: DocumentRounding, places: Int) {
        rule =
            switch rounding {
            case .toNearestOrEven: .toNearestOrEven
            case .towardZero: .towardZero
            }
        self.places = places
    }

    /// The number, rounded in its own type; a 32-bit integer in 64 bits if it needs them.
    ///
    /// - Throws: `wrongType` for what is no number, `outOfRange` beyond 64 bits.
    func callAsFunction(_ value: DocumentValue?) throws(StorageError) -> DocumentValue {
        guard let value, !Optional(value).isNothing else { return .null }
        guard let number = DocumentOperand(value) else {
            throw .expressionDoesNotFit("what should be rounded is no number")
        }
        switch number {
        case .int32, .int64: return try integer(number)
        case .double(let double):
            guard let exact = DecimalParts(shortest: double).rounded(places, rule) else {
                return value
            }
            return .double(Double(exact.number.description) ?? double)
        case .decimal(let decimal):
            return .decimal128(DecimalParts(decimal).rounded(places, rule)?.number ?? decimal)
        }
    }

    private func integer(_ number: DocumentOperand) throws(StorageError) -> DocumentValue {
        guard places < 0, let whole = number.truncated else { return number.value }
        let rounded = DecimalParts(Decimal128(whole)).quantized(to: -places, rule)
        guard let result = rounded.flatMap({ Int64(exactly: $0.number) }) else {
            throw .resultOutOfRange("it needs over 64 bits")
        }
        if case .int32 = number, let narrow = Int32(exactly: result) { return .int32(narrow) }
        return .int64(result)
    }
}

extension StorageError {
    fileprivate static var divisionByZero: StorageError {
        StorageError(code: .invalidArgument, message: "an expression divides by zero")
    }
}
