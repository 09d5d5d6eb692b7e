internal import StorageKit

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

    /// A date, and a time of day with a fraction where they follow.
    mutating func moment() -> (time: CivilTime, fraction: SecondFraction)? {
        guard let year = digits(4), skip("-"), let month = digits(2), skip("-"),
            let day = digits(2), let (hour, minute, second, fraction) = timeOfDay(),
            let time = CivilTime(
                year: year, month: month, day: day, hour: hour, minute: minute, second: second)
        else { return nil }
        return (time, fraction)
    }

    private typealias TimeOfDay = (Int64, Int64, Int64, SecondFraction)

    private mutating func timeOfDay() -> TimeOfDay? {
        let none = SecondFraction(digits: "")
        guard skip(" ") || skip("T") else { return (0, 0, 0, none) }
        guard let hour = digits(2), skip(":"), let minute = digits(2) else { return nil }
        guard skip(":") else { return (hour, minute, 0, none) }
        guard let second = digits(2) else { return nil }
        guard skip(".") else { return (hour, minute, second, none) }
        return fraction().map { (hour, minute, second, $0) }
    }

    private mutating func fraction() -> SecondFraction? {
        var digits = ""
        while let digit = digit() { digits += String(digit) }
        return digits.isEmpty ? nil : SecondFraction(digits: digits)
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
