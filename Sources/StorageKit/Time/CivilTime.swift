/// A moment as year, month, day and time of day, in the proleptic Gregorian calendar and UTC.
///
/// The day arithmetic is Howard Hinnant's ("chrono-Compatible Low-Level Date Algorithms", 2013):
/// eras of 400 years of 146,097 days each, years that begin in March so that the leap day comes
/// last.
package struct CivilTime {
    package var year: Int64
    package var month: Int64
    package var day: Int64
    package var secondOfDay: Int64

    package init?(
        year: Int64, month: Int64, day: Int64, hour: Int64, minute: Int64, second: Int64
    ) {
        guard (1...12).contains(month), (1...31).contains(day), (0...23).contains(hour),
            (0...59).contains(minute), (0...59).contains(second)
        else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
        secondOfDay = hour * 3600 + minute * 60 + second
        // A day that the month does not have comes back as one of the next.
        guard CivilTime(secondsSinceReference: secondsSinceReference).day == day else { return nil }
    }

    package init(secondsSinceReference seconds: Int64) {
        let days = (Double(seconds) / 86_400).rounded(.down)
        secondOfDay = seconds - Int64(days) * 86_400
        let shifted = Int64(days) + Self.referenceDay
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Seconds since 2001-01-01 00:00:00, Foundation's reference date.
    package var secondsSinceReference: Int64 {
        let marchYear = month <= 2 ? year - 1 : year
        let era = (marchYear >= 0 ? marchYear : marchYear - 399) / 400
        let yearOfEra = marchYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return (era * 146_097 + dayOfEra - Self.referenceDay) * 86_400 + secondOfDay
    }

    /// `2026-11-22 16:52:32`.
    package var text: String {
        let date = "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))"
        let hour = Self.padded(secondOfDay / 3600, 2)
        let minute = Self.padded(secondOfDay / 60 % 60, 2)
        return "\(date) \(hour):\(minute):\(Self.padded(secondOfDay % 60, 2))"
    }

    /// 2001-01-01 in days since 0000-03-01.
    private static let referenceDay: Int64 = 730_791

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }
}
