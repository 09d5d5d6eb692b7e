extension Decimal128: LosslessStringConvertible {
    /// The number in digits, as BSON's specification writes it: `12.50`, `1E+3`, `-Infinity`,
    /// `NaN`.
    ///
    /// Source: the specification of BSON Decimal128, "To-String Conversion".
    public var description: String {
        switch parts {
        case .notANumber: return "NaN"
        case .infinity(let isNegative): return isNegative ? "-Infinity" : "Infinity"
        case .finite(let isNegative, let significand, let exponent):
            let digits = String(significand)
            let scale = exponent + digits.count - 1
            let isPlain = exponent <= 0 && scale >= -6
            return (isNegative ? "-" : "")
                + (isPlain
                    ? Self.plain(digits, exponent: exponent) : Self.scientific(digits, scale))
        }
    }

    private static func plain(_ digits: String, exponent: Int) -> String {
        guard exponent < 0 else { return digits }
        let missing = max(0, 1 - exponent - digits.count)
        let padded = String(repeating: "0", count: missing) + digits
        return padded.dropLast(-exponent) + "." + padded.suffix(-exponent)
    }

    private static func scientific(_ digits: String, _ scale: Int) -> String {
        let rest = digits.dropFirst()
        return digits.prefix(1) + (rest.isEmpty ? "" : "." + rest)
            + (scale < 0 ? "E" : "E+") + String(scale)
    }

    /// Reads a number in digits; `nil` when the text is none, or is one that has to be rounded.
    ///
    /// `12.50`, `.5`, `1e3`, `Infinity`, `-inf` and `NaN`, in capitals or small letters. The digits
    /// that are written are kept: `1.0` is not `1.00`.
    ///
    /// Source: the specification of BSON Decimal128, "From-String Conversion".
    public init?(_ text: String) {
        var parser = Decimal128Parser(text)
        guard let parts = parser.parse() else { return nil }
        self.init(parts)
    }
}

/// Reads a decimal number from its digits.
private struct Decimal128Parser {
    private var rest: Substring.UTF8View
    private var digits: [UInt8] = []
    private var exponent = 0
    private var hasDigits = false

    init(_ text: String) { rest = Substring(text).utf8 }

    mutating func parse() -> Decimal128.Parts? {
        let isNegative = take("-")
        if !isNegative { _ = take("+") }
        if let word = word(isNegative: isNegative) { return word }
        takeDigits(isFraction: false)
        if take(".") { takeDigits(isFraction: true) }
        guard hasDigits, takeExponent(), rest.isEmpty, fit() else { return nil }
        let significand = digits.reduce(UInt128(0)) { $0 * 10 + UInt128($1) }
        return .finite(isNegative: isNegative, significand: significand, exponent: exponent)
    }

    private mutating func take(_ letter: Character) -> Bool {
        guard let byte = letter.asciiValue, rest.first == byte else { return false }
        rest.removeFirst()
        return true
    }

    private func word(isNegative: Bool) -> Decimal128.Parts? {
        switch Substring(rest).lowercased() {
        case "inf", "infinity": .infinity(isNegative: isNegative)
        case "nan": .notANumber
        default: nil
        }
    }

    private mutating func takeDigits(isFraction: Bool) {
        while let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
            rest.removeFirst()
            hasDigits = true
            if isFraction { exponent -= 1 }
            // Zeros before the first digit are not kept.
            let digit = byte - UInt8(ascii: "0")
            if digit != 0 || !digits.isEmpty { digits.append(digit) }
        }
    }

    private mutating func takeExponent() -> Bool {
        guard take("e") || take("E") else { return true }
        let isNegative = take("-")
        if !isNegative { _ = take("+") }
        guard !rest.isEmpty else { return false }
        var number = 0
        while let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
            rest.removeFirst()
            // Greater ones than this are beyond all numbers, however many digits there are.
            number = min(number * 10 + Int(byte - UInt8(ascii: "0")), 1 << 40)
        }
        exponent += isNegative ? -number : number
        return true
    }

    /// Moves zeros between digits and exponent until both fit; false when digits would be lost.
    private mutating func fit() -> Bool {
        let exponents = Decimal128.exponents
        guard !digits.isEmpty else {
            exponent = min(max(exponent, exponents.lowerBound), exponents.upperBound)
            return true
        }
        while digits.count > Decimal128.digitCount || exponent < exponents.lowerBound {
            guard digits.count > 1, digits.last == 0 else { return false }
            digits.removeLast()
            exponent += 1
        }
        while exponent > exponents.upperBound {
            guard digits.count < Decimal128.digitCount else { return false }
            digits.append(0)
            exponent -= 1
        }
        return true
    }
}
