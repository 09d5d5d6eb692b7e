internal import StorageKit

extension DocumentDate {
    private static let millisecondsOfDay: Int64 = 86_400_000

    /// The moment as `2012-12-24T12:15:30.501Z`; `nil` before 1970 and after 9999, where the
    /// specification of Extended JSON wants a number.
    var iso8601: String? {
        guard (0..<253_402_300_800_000).contains(millisecondsSince1970) else { return nil }
        let (year, month, day) = Self.civil(days: millisecondsSince1970 / Self.millisecondsOfDay)
        let rest = millisecondsSince1970 % Self.millisecondsOfDay
        let date = "\(Self.digits(year, 4))-\(Self.digits(month, 2))-\(Self.digits(day, 2))"
        let time = [rest / 3_600_000, rest / 60_000 % 60, rest / 1_000 % 60]
            .map { Self.digits($0, 2) }.joined(separator: ":")
        let fraction = rest % 1_000 == 0 ? "" : "." + Self.digits(rest % 1_000, 3)
        return "\(date)T\(time)\(fraction)Z"
    }

    private static func digits(_ number: Int64, _ count: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, count - digits.count)) + digits
    }

    /// Reads `2012-12-24T12:15:30.501Z`, with any offset from UTC and a fraction of any length, of
    /// which milliseconds are kept; `nil` for anything else.
    init?(iso8601 text: String) {
        let form =
            #/
            (\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:Z|([+-])(\d\d):?(\d\d)?)
            /#.asciiOnlyDigits()
        guard let match = text.wholeMatch(of: form) else { return nil }
        let numbers = [match.1, match.2, match.3, match.4, match.5, match.6].compactMap {
            Int64($0)
        }
        guard numbers.count == 6, (1...12).contains(numbers[1]), numbers[2] >= 1,
            numbers[3] < 24, numbers[4] < 60, numbers[5] < 60
        else { return nil }
        let days = Self.days(year: numbers[0], month: numbers[1], day: numbers[2])
        // A day that its month does not have is one of the next month.
        guard Self.civil(days: days).month == numbers[1] else { return nil }
        let fraction = match.7.map { Int64(($0 + "00").prefix(3)) ?? 0 } ?? 0
        var minutes = numbers[3] * 60 + numbers[4]
        if let sign = match.8 {
            let hours = match.9.flatMap { Int64($0) } ?? 0
            let rest = match.10.flatMap { Int64($0) } ?? 0
            guard hours < 24, rest < 60 else { return nil }
            minutes -= (sign == "-" ? -1 : 1) * (hours * 60 + rest)
        }
        self.init(
            millisecondsSince1970: days * Self.millisecondsOfDay + minutes * 60_000
                + numbers[5] * 1_000 + fraction)
    }

    /// The date of a day since 1970.
    ///
    /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
    private static func civil(days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * month + 2) / 5 + 1
        return (
            yearOfEra + era * 400 + (month < 10 ? 0 : 1), month < 10 ? month + 3 : month - 9, day
        )
    }

    /// The day since 1970 of a date.
    ///
    /// Source: as above, `days_from_civil`.
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
