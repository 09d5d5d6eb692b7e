/// Division, and rounding to a place.
///
/// Source: IEEE 754-2008, 5.2 on preferred exponents, 5.3.2 on quantize.
extension DecimalParts {
    /// The number with the other sign.
    var negated: Self {
        var number = self
        number.isNegative.toggle()
        return number
    }

    /// Exactly what the double is worth, in as few digits behind the point as it needs.
    init(shortest double: Double) {
        self.init(exactly: double)
        while exponent < 0, digits.last == 0 {
            digits.removeLast()
            exponent += 1
        }
        if digits.isEmpty { exponent = 0 }
    }

    /// The quotient; of what is exact, with the exponent nearest to that of the operands.
    static func / (left: Self, right: Self) -> Self {
        if left.kind == .notANumber || right.kind == .notANumber { return Self(kind: .notANumber) }
        let isNegative = left.isNegative != right.isNegative
        if left.kind == .infinite {
            return right.kind == .infinite
                ? Self(kind: .notANumber) : Self(kind: .infinite, isNegative: isNegative)
        }
        if right.kind == .infinite {
            return Self(
                isNegative: isNegative, digits: [], exponent: Decimal128.exponents.lowerBound)
        }
        guard !right.digits.isEmpty else {
            return left.digits.isEmpty
                ? Self(kind: .notANumber) : Self(kind: .infinite, isNegative: isNegative)
        }
        let (dividend, divisor) = (left.significand, right.significand)
        var digits = Self.digits(of: dividend / divisor)
        var rest = dividend % divisor
        var exponent = left.exponent - right.exponent
        // Two digits more than are kept tell in which direction to round; a last one says that
        // there were more.
        while rest > 0, digits.count < Decimal128.digitCount + 2 {
            rest *= 10
            let digit = UInt8(rest / divisor)
            if digit > 0 || !digits.isEmpty { digits.append(digit) }
            rest %= divisor
            exponent -= 1
        }
        if rest > 0 {
            digits.append(1)
            exponent -= 1
        }
        return Self(isNegative: isNegative, digits: digits, exponent: exponent)
    }

    /// What a division by a number that is not zero leaves, with this one's sign.
    func remainder(dividedBy other: Self) -> Self {
        if kind != .finite || other.kind == .notANumber { return Self(kind: .notANumber) }
        guard other.kind == .finite, !digits.isEmpty else {
            var same = self
            if other.kind == .finite { same.exponent = min(exponent, other.exponent) }
            return same
        }
        let shift = exponent - other.exponent
        if shift >= 0 {
            let divisor = other.significand
            var rest = significand % divisor
            for _ in 0..<shift where rest > 0 { rest = rest * 10 % divisor }
            return Self(
                isNegative: isNegative, digits: Self.digits(of: rest), exponent: other.exponent)
        }
        guard other.digits.count - shift <= Decimal128.digitCount + 1 else { return self }
        var divisor = other.significand
        for _ in shift..<0 { divisor *= 10 }
        return Self(
            isNegative: isNegative, digits: Self.digits(of: significand % divisor),
            exponent: exponent)
    }

    /// The number with its last digit at a power of ten; `nil` where it has no room for it.
    func quantized(to power: Int, _ rule: FloatingPointRoundingRule) -> Self? {
        guard kind == .finite else { return kind == .notANumber ? self : nil }
        var result = self
        result.exponent = power
        guard exponent < power else {
            guard !digits.isEmpty else { return result }
            guard digits.count + exponent - power <= Decimal128.digitCount else { return nil }
            result.digits += Array(repeating: 0, count: exponent - power)
            return result
        }
        let kept = max(0, digits.count - (power - exponent))
        let cut = digits[kept...]
        result.digits = Array(digits.prefix(kept))
        if Self.isUp(
            cut, isFull: digits.count >= power - exponent, last: result.digits.last ?? 0, rule,
            isNegative: isNegative)
        {
            result.digits = Self.sum(result.digits, [1])
        }
        return result
    }

    /// The number with so many places; one that has no room for them gets as many as it has.
    ///
    /// `nil` for what is infinite.
    func rounded(_ places: Int, _ rule: FloatingPointRoundingRule) -> Self? {
        guard kind == .finite else { return nil }
        if let result = quantized(to: -places, rule) { return result }
        var result = self
        let missing = Decimal128.digitCount - digits.count
        guard missing > 0 else { return result }
        result.digits += Array(repeating: 0, count: missing)
        result.exponent -= missing
        return result
    }

    /// Whether what is cut off makes the rest one greater.
    ///
    /// - Parameter isFull: Whether the first digit that is cut off stands right behind the rest.
    private static func isUp(
        _ cut: ArraySlice<UInt8>, isFull: Bool, last: UInt8, _ rule: FloatingPointRoundingRule,
        isNegative: Bool
    ) -> Bool {
        guard cut.contains(where: { $0 != 0 }) else { return false }
        switch rule {
        case .up: return !isNegative
        case .down: return isNegative
        case .towardZero: return false
        default:
            guard isFull, let first = cut.first else { return false }
            let isBeyond = cut.dropFirst().contains { $0 != 0 }
            return first > 5 || (first == 5 && (isBeyond || !last.isMultiple(of: 2)))
        }
    }

    private var significand: UInt128 { digits.reduce(0) { $0 * 10 + UInt128($1) } }
}
