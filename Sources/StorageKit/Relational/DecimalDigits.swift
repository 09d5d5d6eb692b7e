/// A decimal number by its digits: exact, however many there are.
///
/// What a database without decimal numbers keeps as text is compared and computed by it, where
/// `Decimal` would round what has more than its 38 digits. Zeros before and behind do not count:
/// 1.0 is 1.00.
package struct DecimalDigits: Hashable, Sendable {
    /// The digits from the first to the last that is not 0; of 0 there are none.
    package let digits: [UInt8]
    /// What power of ten the last digit counts; 0 for the number 0.
    package let exponent: Int
    /// Whether it is below 0.
    package let isNegative: Bool

    /// What an exponent may be that is written: beyond `Decimal`'s, and far from an overflow.
    private static let exponents = -1_000...1_000

    /// A number of any digits; `exponent` is that of the last one.
    package init(_ digits: [UInt8], exponent: Int, isNegative: Bool) {
        let zerosBehind = digits.reversed().prefix { $0 == 0 }.count
        self.digits = Array(digits.dropLast(zerosBehind).drop { $0 == 0 })
        self.exponent = self.digits.isEmpty ? 0 : exponent + zerosBehind
        self.isNegative = isNegative && !self.digits.isEmpty
    }

    /// The number that a text is from its beginning to its end, or `nil` when it is none.
    ///
    /// A sign, digits with a point before, in or behind them, and an exponent; blanks are none of
    /// it. Linear.
    package init?(_ text: String) {
        var rest = text.utf8[...]
        let isNegative = rest.takeSign()
        var digits = rest.takeDigits()
        var exponent = 0
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            let fraction = rest.takeDigits()
            digits += fraction
            exponent = -fraction.count
        }
        guard !digits.isEmpty else { return nil }
        if let letter = rest.first, letter | 0x20 == UInt8(ascii: "e") {
            rest.removeFirst()
            guard let written = Int(Substring(rest)), Self.exponents.contains(written) else {
                return nil
            }
            exponent += written
            rest = rest.suffix(0)
        }
        guard rest.isEmpty else { return nil }
        self.init(digits, exponent: exponent, isNegative: isNegative)
    }

    /// What power of ten is just above it: 3 for 999 and for 100, 0 for 0.5.
    var magnitude: Int { digits.count + exponent }
}

extension DecimalDigits: Comparable {
    /// Whether a number is below another.
    package static func < (left: Self, right: Self) -> Bool {
        guard left.isNegative == right.isNegative else { return left.isNegative }
        return left.isNegative ? right.isSmaller(than: left) : left.isSmaller(than: right)
    }

    /// Whether it is nearer to 0.
    package func isSmaller(than other: Self) -> Bool {
        if digits.isEmpty || other.digits.isEmpty { return digits.count < other.digits.count }
        guard magnitude == other.magnitude else { return magnitude < other.magnitude }
        return digits.lexicographicallyPrecedes(other.digits)
    }
}

extension DecimalDigits: CustomStringConvertible {
    /// The number without an exponent.
    package var description: String {
        guard !digits.isEmpty else { return "0" }
        let sign = isNegative ? "-" : ""
        let written = String(decoding: digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
        guard exponent < 0 else {
            return sign + written + String(repeating: "0", count: exponent)
        }
        guard magnitude > 0 else {
            return sign + "0." + String(repeating: "0", count: -magnitude) + written
        }
        return sign + written.prefix(magnitude) + "." + written.dropFirst(magnitude)
    }
}

extension DecimalDigits: SQLConvertible {
    /// Its text.
    package var sqlValue: SQLValue { .text(description) }

    /// The number in a column of text or of integers.
    package static func decode(_ column: some SQLColumn) throws(StorageError) -> Self {
        let text: String
        if case .integer(let integer) = try column.value() {
            text = "\(integer)"
        } else {
            text = try column.text()
        }
        guard let number = Self(text) else {
            throw column.mismatch(wanted: "Decimal", found: "text that is no decimal number")
        }
        return number
    }
}

extension Substring.UTF8View {
    /// Takes a sign off and says whether it was a minus.
    fileprivate mutating func takeSign() -> Bool {
        guard let sign = first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") else {
            return false
        }
        removeFirst()
        return sign == UInt8(ascii: "-")
    }

    /// Takes the digits at the beginning off.
    fileprivate mutating func takeDigits() -> [UInt8] {
        let digits = prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        self = self[digits.endIndex...]
        return digits.map { $0 - UInt8(ascii: "0") }
    }
}
