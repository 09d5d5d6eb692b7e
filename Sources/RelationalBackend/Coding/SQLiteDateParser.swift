/// Reads the text of a date from left to right.
struct SQLiteDateParser {
    private var rest: Substring.UTF8View

    init(_ text: String) { rest = text[...].utf8 }

    /// Whether everything was read, but for a `Z`.
    var isAtEnd: Bool {
        mutating get {
            skip("Z")
            return rest.isEmpty
        }
    }

    /// A date, and a time of day where one follows.
    mutating func civilTime() -> CivilTime? {
        guard let year = digits(4), skip("-"), let month = digits(2), skip("-"),
            let day = digits(2)
        else { return nil }
        guard skip(" ") || skip("T") else {
            return CivilTime(year: year, month: month, day: day, hour: 0, minute: 0, second: 0)
        }
        guard let hour = digits(2), skip(":"), let minute = digits(2) else { return nil }
        let second = skip(":") ? digits(2) : 0
        guard let second else { return nil }
        return CivilTime(
            year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    }

    /// The fraction of a second, 0 when there is none.
    mutating func fraction() -> Double {
        guard skip(".") else { return 0 }
        var units: UInt64 = 0
        var scale: UInt64 = 1
        while let digit = digit() {
            // Digits past the eighteenth are below what a `Date` can tell apart.
            guard scale < 1_000_000_000_000_000_000 else { continue }
            units = units * 10 + UInt64(digit)
            scale *= 10
        }
        return Double(units) / Double(scale)
    }

    private mutating func digits(_ count: Int) -> Int64? {
        var number: Int64 = 0
        for _ in 0..<count {
            guard let digit = digit() else { return nil }
            number = number * 10 + digit
        }
        return number
    }

    private mutating func digit() -> Int64? {
        guard let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else {
            return nil
        }
        rest.removeFirst()
        return Int64(byte - UInt8(ascii: "0"))
    }

    @discardableResult
    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }
}
