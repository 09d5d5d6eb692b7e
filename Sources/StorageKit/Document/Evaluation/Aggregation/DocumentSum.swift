/// A sum of numbers, as MongoDB takes it: in the widest of their types, and more exact than adding
/// one to the other.
///
/// Whole and real numbers are added to a pair of doubles, the second of which is what the first
/// could not hold; so 64-bit integers are exact, and 0.1, 0.2 and 0.3 are 0.6.
///
/// Source: T. J. Dekker, "A Floating-Point Technique for Extending the Available Precision", 1971;
/// MongoDB's `DoubleDoubleSummation`, by its behaviour.
struct DocumentSum {
    private enum Width: Comparable { case int32, int64, double, decimal }

    private var width = Width.int32
    private var sum = 0.0
    private var rest = 0.0
    /// The sum without care, for infinities.
    private var plain = 0.0
    private var decimals = DecimalParts(digits: [])

    /// Adds a number.
    mutating func add(_ number: DocumentOperand) {
        switch number {
        case .int32(let number):
            add(Double(number))
        case .int64(let number):
            width = max(width, .int64)
            add(number)
        case .double(let number):
            width = max(width, .double)
            add(number)
        case .decimal(let number):
            width = .decimal
            decimals = DecimalParts((decimals + DecimalParts(number)).number)
        }
    }

    /// Adds a whole number in two parts, each of which a double holds.
    mutating func add(_ number: Int64) {
        let low = number % (1 << 32)
        add(Double(low))
        add(Double(number - low))
    }

    private mutating func add(_ number: Double) {
        plain += number
        let next = number + rest
        let total = sum + next
        let part = total - sum
        rest = (sum - (total - part)) + (next - part)
        sum = total
    }

    /// The sum: of integers in 32 bits if it needs no more, beyond 64 bits a double.
    var value: DocumentValue {
        switch width {
        case .decimal: return .decimal128(decimal)
        case .double: return .double(double)
        case .int32, .int64:
            guard let whole else { return .double(double) }
            if width == .int32, let narrow = Int32(exactly: whole) { return .int32(narrow) }
            return .int64(whole)
        }
    }

    /// The sum divided by how many there were.
    func average(of count: Int) -> DocumentValue {
        guard width == .decimal else { return .double(double / Double(count)) }
        let divisor = DecimalParts(Decimal128(Int64(count)))
        return .decimal128((DecimalParts(decimal) / divisor).number)
    }

    /// The whole number that is left when a fraction is cut off; `nil` beyond 64 bits.
    var whole: Int64? {
        if width == .decimal { return DocumentOperand.decimal(decimal).rounded }
        guard sum.isFinite, sum.magnitude <= 0x1p63 else { return nil }
        let total = Int128(sum.rounded(.towardZero)) + Int128(rest.rounded(.towardZero))
        return Int64(exactly: total)
    }

    private var double: Double { sum.isNaN ? plain : sum }

    private var decimal: Decimal128 {
        let exact = [double, sum.isFinite ? rest : 0].map {
            DecimalParts(DecimalParts(shortest: $0).number)
        }
        let binary = DecimalParts((exact[0] + exact[1]).number)
        return (decimals + binary).number
    }
}

/// What `add` comes to: a sum, or a moment so many milliseconds later.
struct DocumentAddition {
    private var sum = DocumentSum()
    private var hasMoment = false

    /// Adds a number or a moment.
    mutating func add(_ value: DocumentValue) throws(StorageError) {
        if case .date(let moment) = value {
            guard !hasMoment else { throw .expressionDoesNotFit("two moments cannot be added") }
            hasMoment = true
            sum.add(moment.millisecondsSince1970)
        } else if let number = DocumentOperand(value) {
            sum.add(number)
        } else {
            throw .expressionDoesNotFit("what should be added is no number")
        }
    }

    var value: DocumentValue {
        get throws(StorageError) {
            guard hasMoment else { return sum.value }
            guard let moment = sum.whole else { throw .resultOutOfRange("no moment is so far") }
            return .date(DocumentDate(millisecondsSince1970: moment))
        }
    }
}

/// What `multiply` comes to.
struct DocumentProduct {
    private var product = DocumentOperand.int32(1)

    /// Multiplies by a number.
    mutating func multiply(by value: DocumentValue) throws(StorageError) {
        guard let factor = DocumentOperand(value) else {
            throw .expressionDoesNotFit("what should be multiplied is no number")
        }
        product = product.multiplied(by: factor)
    }

    var value: DocumentValue { product.value }
}
