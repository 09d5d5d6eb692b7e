internal import StorageKit

// Digit by digit, as on paper.
extension DecimalDigits {
    /// The most digits that are computed with, many times what a `Decimal` has.
    private static let maximumDigits = 1_000

    /// The exact result.
    ///
    /// Linear for a sum and a difference, and quadratic for a product, in the number of digits.
    ///
    /// - Throws: ``StorageError/Code/outOfRange`` for numbers of more than a thousand digits.
    func computed(
        _ arithmetic: SQLArithmetic, _ other: Self
    ) throws(StorageError) -> Self {
        for number in [self, other] where number.writtenDigits > Self.maximumDigits {
            throw StorageError(
                code: .outOfRange,
                message: "a decimal number of more than \(Self.maximumDigits) digits; round it")
        }
        return switch arithmetic {
        case .sum: plus(other)
        case .difference: plus(other.negated)
        case .product: times(other)
        }
    }

    /// How many digits it has when it is written without an exponent.
    private var writtenDigits: Int { digits.count + abs(exponent) }

    private var negated: Self { Self(digits, exponent: exponent, isNegative: !isNegative) }

    private func plus(_ other: Self) -> Self {
        let (large, small) = isSmaller(than: other) ? (other, self) : (self, other)
        let exponent = min(exponent, other.exponent)
        let (upper, lower) = (large.digits(from: exponent), small.digits(from: exponent))
        let sign = isNegative == other.isNegative ? 1 : -1
        var (sum, carry) = ([UInt8](repeating: 0, count: upper.count + 1), 0)
        for place in 0..<upper.count {
            let addend = place < lower.count ? sign * Int(lower[place]) : 0
            let digit = Int(upper[place]) + addend + carry
            sum[place] = UInt8((digit + 10) % 10)
            carry = digit < 0 ? -1 : digit / 10
        }
        sum[upper.count] = UInt8(carry)
        return Self(sum.reversed(), exponent: exponent, isNegative: large.isNegative)
    }

    private func times(_ other: Self) -> Self {
        let (upper, lower) = (digits.reversed(), other.digits.reversed())
        var product = [Int](repeating: 0, count: upper.count + lower.count)
        for (shift, factor) in lower.enumerated() {
            for (place, digit) in upper.enumerated() {
                product[place + shift] += Int(digit) * Int(factor)
            }
        }
        for place in product.indices.dropLast() {
            product[place + 1] += product[place] / 10
            product[place] %= 10
        }
        return Self(
            product.reversed().map(UInt8.init), exponent: exponent + other.exponent,
            isNegative: isNegative != other.isNegative)
    }

    /// The digits from that of a power of ten upwards, the lowest first.
    private func digits(from lowest: Int) -> [UInt8] {
        guard !digits.isEmpty else { return [] }
        return [UInt8](repeating: 0, count: exponent - lowest) + digits.reversed()
    }
}
