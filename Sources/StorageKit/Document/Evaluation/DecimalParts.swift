/// A ``Decimal128`` in its parts, for computing.
///
/// Source: IEEE 754-2008, 3.5.2, binary integer significand; 5.1 on preferred exponents.
struct DecimalParts {
    enum Kind { case finite, infinite, notANumber }

    var kind = Kind.finite
    var isNegative = false
    /// From the first digit that is not 0; of 0 there are none.
    var digits: [UInt8] = []
    /// What power of ten the last digit counts.
    var exponent = 0

    private static let precision = Decimal128.digitCount
    private static let exponents = Decimal128.exponents

    init(isNegative: Bool = false, digits: [UInt8], exponent: Int = 0) {
        self.isNegative = isNegative
        self.digits = Array(digits.drop { $0 == 0 })
        self.exponent = exponent
    }

    init(kind: Kind, isNegative: Bool = false) {
        self.kind = kind
        self.isNegative = isNegative
    }

    init(_ number: Decimal128) {
        switch number.parts {
        case .notANumber: self.init(kind: .notANumber)
        case .infinity(let isNegative): self.init(kind: .infinite, isNegative: isNegative)
        case .finite(let isNegative, let significand, let exponent):
            self.init(
                isNegative: isNegative, digits: Self.digits(of: significand), exponent: exponent)
        }
    }

    /// Exactly what the double is worth.
    init(exactly double: Double) {
        guard double.isFinite else {
            self.init(kind: double.isNaN ? .notANumber : .infinite, isNegative: double < 0)
            return
        }
        guard double != 0 else {
            self.init(isNegative: double.sign == .minus, digits: [])
            return
        }
        // The significand as a whole number, and the power of two that it counts.
        let power = max(Int(double.exponent), -1022) - 52
        let whole = UInt128((double.magnitude.significandAsInteger))
        var digits = Array(Self.digits(of: whole).reversed())
        for _ in 0..<abs(power) { Self.multiply(&digits, by: power < 0 ? 5 : 2) }
        self.init(
            isNegative: double < 0, digits: digits.reversed(), exponent: min(power, 0))
    }

    /// The double with 15 digits, which is what MongoDB computes with.
    init(roundingTo15Digits double: Double) {
        self.init(exactly: double)
        guard kind == .finite, !digits.isEmpty else { return }
        round(to: 15)
        let missing = 15 - digits.count
        digits += Array(repeating: 0, count: missing)
        exponent -= missing
    }

    /// The number, rounded to what it can hold.
    var number: Decimal128 {
        var rounded = self
        rounded.fit()
        let significand = rounded.digits.reduce(UInt128(0)) { $0 * 10 + UInt128($1) }
        let parts: Decimal128.Parts =
            switch rounded.kind {
            case .notANumber: .notANumber
            case .infinite: .infinity(isNegative: rounded.isNegative)
            case .finite:
                .finite(
                    isNegative: rounded.isNegative, significand: significand,
                    exponent: rounded.exponent)
            }
        return Decimal128(parts) ?? .notANumber
    }
}

extension DecimalParts {
    static func + (left: Self, right: Self) -> Self {
        if left.kind == .notANumber || right.kind == .notANumber { return Self(kind: .notANumber) }
        if left.kind == .infinite || right.kind == .infinite {
            let clash = left.kind == right.kind && left.isNegative != right.isNegative
            return clash ? Self(kind: .notANumber) : left.kind == .infinite ? left : right
        }
        let exponent = min(left.exponent, right.exponent)
        let (first, second) = (left.digits(at: exponent), right.digits(at: exponent))
        if left.isNegative == right.isNegative {
            return Self(
                isNegative: left.isNegative, digits: sum(first, second), exponent: exponent)
        }
        let isSmaller = isLess(first, second)
        let digits = isSmaller ? difference(second, first) : difference(first, second)
        let isNegative = isSmaller ? right.isNegative : left.isNegative
        var result = Self(isNegative: isNegative, digits: digits, exponent: exponent)
        if result.digits.isEmpty { result.isNegative = false }
        return result
    }

    static func * (left: Self, right: Self) -> Self {
        if left.kind == .notANumber || right.kind == .notANumber { return Self(kind: .notANumber) }
        let isNegative = left.isNegative != right.isNegative
        if left.kind == .infinite || right.kind == .infinite {
            let hasZero =
                (left.kind == .finite && left.digits.isEmpty)
                || (right.kind == .finite && right.digits.isEmpty)
            return hasZero ? Self(kind: .notANumber) : Self(kind: .infinite, isNegative: isNegative)
        }
        var product = [UInt8](repeating: 0, count: left.digits.count + right.digits.count)
        for (i, a) in left.digits.enumerated().reversed() {
            var carry = 0
            for (j, b) in right.digits.enumerated().reversed() {
                let value = Int(product[i + j + 1]) + Int(a) * Int(b) + carry
                product[i + j + 1] = UInt8(value % 10)
                carry = value / 10
            }
            product[i] += UInt8(carry)
        }
        return Self(
            isNegative: isNegative, digits: product, exponent: left.exponent + right.exponent)
    }

    /// The digits when the last one counts this power of ten, which is not above its own.
    private func digits(at lower: Int) -> [UInt8] {
        digits.isEmpty ? [] : digits + Array(repeating: 0, count: exponent - lower)
    }

    private mutating func fit() {
        guard kind == .finite else { return }
        round(to: Self.precision)
        if exponent < Self.exponents.lowerBound {
            round(to: digits.count - (Self.exponents.lowerBound - exponent))
            exponent = Self.exponents.lowerBound
        }
        guard exponent > Self.exponents.upperBound else { return }
        let surplus = exponent - Self.exponents.upperBound
        if digits.isEmpty {
            exponent = Self.exponents.upperBound
        } else if digits.count + surplus <= Self.precision {
            digits += Array(repeating: 0, count: surplus)
            exponent = Self.exponents.upperBound
        } else {
            self = Self(kind: .infinite, isNegative: isNegative)
        }
    }

    /// Rounds to so many digits, to the even one from the middle.
    private mutating func round(to count: Int) {
        let surplus = digits.count - count
        guard surplus > 0 else { return }
        let kept = max(0, count)
        let cut = count < 0 ? [] : digits[kept...]
        let half = cut.first ?? 0
        let isBeyond = cut.dropFirst().contains { $0 != 0 }
        digits = Array(digits.prefix(kept))
        exponent += surplus
        let isOdd = !(digits.last ?? 0).isMultiple(of: 2)
        guard half > 5 || (half == 5 && (isBeyond || isOdd)) else { return }
        digits = Self.sum(digits, [1])
        if digits.count > kept, kept > 0 {
            digits.removeLast()
            exponent += 1
        }
    }

    static func digits(of number: UInt128) -> [UInt8] {
        var (rest, digits) = (number, [UInt8]())
        while rest > 0 {
            digits.append(UInt8(rest % 10))
            rest /= 10
        }
        return digits.reversed()
    }

    /// Multiplies digits, the last first.
    private static func multiply(_ digits: inout [UInt8], by factor: Int) {
        var carry = 0
        for place in digits.indices {
            carry += Int(digits[place]) * factor
            digits[place] = UInt8(carry % 10)
            carry /= 10
        }
        if carry > 0 { digits.append(UInt8(carry)) }
    }

    static func sum(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        let count = max(left.count, right.count)
        var (result, carry) = ([UInt8](), UInt8(0))
        for place in 0..<count {
            let first = place < left.count ? left[left.count - 1 - place] : 0
            let second = place < right.count ? right[right.count - 1 - place] : 0
            carry += first + second
            result.append(carry % 10)
            carry /= 10
        }
        if carry > 0 { result.append(carry) }
        return result.reversed()
    }

    /// The difference of digits of which the first are not less.
    private static func difference(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        var (result, borrow) = ([UInt8](), 0)
        for place in 0..<left.count {
            let second = place < right.count ? Int(right[right.count - 1 - place]) : 0
            var digit = Int(left[left.count - 1 - place]) - second - borrow
            borrow = digit < 0 ? 1 : 0
            if digit < 0 { digit += 10 }
            result.append(UInt8(digit))
        }
        return result.reversed()
    }

    private static func isLess(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        let (first, second) = (left.drop { $0 == 0 }, right.drop { $0 == 0 })
        return first.count != second.count
            ? first.count < second.count : first.lexicographicallyPrecedes(second)
    }
}

extension Double {
    /// The significand's 53 bits, of a subnormal number fewer.
    fileprivate var significandAsInteger: UInt64 {
        isNormal ? significandBitPattern | 1 << 52 : significandBitPattern
    }
}
