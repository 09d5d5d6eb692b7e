#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

extension PostgresNumeric {
    /// Writes a number in binary form.
    ///
    /// - Parameter text: As SQL writes it: `-12.3400`, `1e+20`, `NaN`, `inf`.
    static func write(_ text: String, to bytes: inout [UInt8]) {
        let number = DecimalText(text)
        var (groups, weight) = (number.groups, number.weight)
        while groups.first == 0 {
            groups.removeFirst()
            weight -= 1
        }
        while groups.last == 0 { groups.removeLast() }
        let sign = groups.isEmpty && !number.isSpecial ? 0 : number.sign
        let header: [UInt16] = [
            UInt16(truncatingIfNeeded: groups.count),
            UInt16(truncatingIfNeeded: groups.isEmpty ? 0 : weight), sign,
            UInt16(truncatingIfNeeded: number.scale),
        ]
        for field in header + groups {
            withUnsafeBytes(of: field.bigEndian) { bytes.append(contentsOf: $0) }
        }
    }

    /// A real number as the server makes it a decimal one: fifteen digits (`float8_numeric`).
    static func text(of value: Double) -> String {
        guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-inf" : "inf" }
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 32) { buffer in
            guard let start = buffer.baseAddress else { return "NaN" }
            _ = withVaList([value]) { vsnprintf(start, 32, "%.15g", $0) }
            return String(cString: start)
        }
    }
}

/// A decimal number's text, taken apart into digits to the base 10,000.
private struct DecimalText {
    var sign: UInt16 = 0
    var isSpecial = false
    /// How many decimals are shown.
    private(set) var scale = 0
    /// The power of 10,000 of the first group.
    private(set) var weight = 0
    private(set) var groups: [UInt16] = []

    init(_ text: String) {
        var rest = Substring(text)
        if rest.first == "-" {
            sign = 0x4000
            rest.removeFirst()
        }
        guard rest.first?.isNumber == true else {
            isSpecial = true
            // NaN, and since version 14 the two infinities.
            sign = rest.first == "i" ? (sign == 0 ? 0xd000 : 0xf000) : 0xc000
            return
        }
        read(rest)
    }

    private mutating func read(_ text: Substring) {
        let parts = text.split(separator: "e", maxSplits: 1)
        let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        var digits: [UInt16] = []
        // C's own printing follows the process's locale, which may have a comma here.
        var integers: Int?
        for character in parts[0].utf8 {
            if character >= UInt8(ascii: "0"), character <= UInt8(ascii: "9") {
                digits.append(UInt16(character - UInt8(ascii: "0")))
            } else {
                integers = digits.count
            }
        }
        let point = (integers ?? digits.count) + exponent
        scale = max(0, digits.count - point)
        group(digits, point: point)
    }

    /// - Parameter point: How many digits are in front of the point; below 0, how many zeros are
    ///   missing behind it.
    private mutating func group(_ digits: [UInt16], point: Int) {
        let padding = ((-point % 4) + 4) % 4
        weight = (point + padding) / 4 - 1
        let all = Array(repeating: 0, count: padding) + digits
        for start in stride(from: 0, to: all.count, by: 4) {
            groups.append(
                (start..<start + 4).reduce(0) { $0 * 10 + ($1 < all.count ? all[$1] : 0) })
        }
    }
}
