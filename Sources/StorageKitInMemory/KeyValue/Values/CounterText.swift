internal import StorageKit

/// Counters as the bytes of a value: reading what is there, and writing sums.
enum CounterText {
    /// The integer that a value spells as this type writes it: without a plus, zeros in front, or
    /// blanks, as Redis demands.
    static func integer(_ value: ByteString) -> Int64? {
        guard let text = value.string, let integer = Int64(text), text == String(integer)
        else { return nil }
        return integer
    }

    /// The number that a value spells as C writes them, infinities included, but no NaN.
    static func number(_ value: ByteString) -> Double? {
        guard let text = value.string, !value.bytes.contains(0), let number = Double(text),
            !number.isNaN
        else { return nil }
        return number
    }

    static func text(_ integer: Int64) -> ByteString { ByteString(String(integer)) }

    /// The shortest decimal that reads back as a finite number, without an exponent or a fraction
    /// of zero.
    static func text(_ number: Double) -> ByteString {
        // The description has the shortest digits: "-1.5", "100.0", "1e-07", "1.7e+308".
        let parts = "\(number.magnitude)".split(separator: "e")
        let mantissa = parts[0].split(separator: ".")
        let fraction = mantissa.count > 1 && mantissa[1] != "0" ? mantissa[1] : ""
        let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        let digits = String(mantissa[0] + fraction)
        let text = placePoint(in: digits, after: mantissa[0].count + exponent)
        return ByteString(number < 0 ? "-" + text : text)
    }

    private static func placePoint(in digits: String, after count: Int) -> String {
        let zeros = { (count: Int) in String(repeating: "0", count: count) }
        if count <= 0 { return "0." + zeros(-count) + digits }
        if count >= digits.count { return digits + zeros(count - digits.count) }
        return "\(digits.prefix(count)).\(digits.dropFirst(count))"
    }
}
