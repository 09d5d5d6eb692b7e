/// A fraction of a second as decimal digits, from which a `Double` comes back to the last bit.
///
/// A whole second and a fraction do not always add up to the number they were taken from: close to
/// zero a `Double` is finer than its distance from the second below. So of a time before the
/// reference date the distance to the second *above* is read and written, which is exact, and its
/// complement stands in the digits: 0.1 s before the reference date is the second before it and
/// `.900`.
struct SecondFraction {
    /// The digits after the point; none for a whole second.
    let digits: String

    /// A fraction that was read; `digits` are decimal digits.
    init(digits: String) { self.digits = digits }

    /// The shortest fraction, in steps of three digits, that gives the interval back.
    init(of interval: Double, above whole: Double) {
        let distance = whole < 0 ? whole + 1 - interval : interval - whole
        func fraction(_ digits: String) -> SecondFraction {
            SecondFraction(digits: whole < 0 ? Self.complement(digits) : digits)
        }
        for count in [3, 6, 9, 12, 15] {
            guard let digits = Self.rounded(distance, count: count) else { continue }
            let candidate = fraction(digits)
            if candidate.added(to: whole) == interval {
                self = candidate
                return
            }
        }
        self = fraction(Self.exact(distance))
    }

    /// The interval that this fraction and a whole number of seconds make.
    func added(to whole: Double) -> Double {
        guard digits.contains(where: { $0 != "0" }) else { return whole }
        return whole < 0
            ? whole + 1 - Self.value(Self.complement(digits)) : whole + Self.value(digits)
    }

    /// Correctly rounded, as the standard library reads decimal numbers.
    private static func value(_ digits: String) -> Double { Double("0.\(digits)") ?? 0 }

    /// A distance between 0 and 1, to so many digits; `nil` when it rounds to 0 or 1.
    private static func rounded(_ distance: Double, count: Int) -> String? {
        var scale = 1.0
        for _ in 0..<count { scale *= 10 }
        let units = (distance * scale).rounded()
        guard units > 0, units < scale else { return nil }
        let text = String(UInt64(units))
        return String(repeating: "0", count: count - text.utf8.count) + text
    }

    /// All digits of a distance between 0 and 1: those of its shortest description, written out.
    private static func exact(_ distance: Double) -> String {
        let parts = distance.description.split(separator: "e")
        let exponent = parts.count > 1 ? -(Int(parts[1]) ?? 0) : 0
        let significant = parts[0].filter(\.isNumber)
        // `1.25e-07` has one digit before its point, and so has `0.125`, which is not counted.
        guard exponent > 0 else { return String(significant.dropFirst()) }
        return String(repeating: "0", count: exponent - 1) + significant
    }

    /// The digits of 1 minus the fraction.
    private static func complement(_ digits: String) -> String {
        var borrowed = false
        let reversed = digits.utf8.reversed().map { byte -> UInt8 in
            let digit = byte - UInt8(ascii: "0")
            if digit == 0, !borrowed { return byte }
            defer { borrowed = true }
            return UInt8(ascii: "0") + (borrowed ? 9 : 10) - digit
        }
        return String(decoding: reversed.reversed(), as: UTF8.self)
    }
}
