#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
internal import StorageKit

/// Dates as text, `2026-11-22 16:52:32.123`, in UTC.
///
/// Of the three forms that SQLite's date functions read ("Date And Time Functions",
/// sqlite.org/lang_datefunc.html) it is the one that people can read as well, and it sorts as the
/// dates do. A fraction has as many digits as are needed for the same `Date` to come back, to the
/// last bit. Years run from 0000 to 9999, the range SQLite's functions know.
enum SQLiteDate {
    /// The date as text.
    ///
    /// - Throws: ``StorageError/Code/encodingFailed`` for a year outside 0000 to 9999.
    static func text(_ date: Date) throws(StorageError) -> String {
        let interval = date.timeIntervalSinceReferenceDate
        guard firstSecond <= interval, interval < endSecond else {
            throw StorageError(
                code: .encodingFailed,
                message: "SQLite's dates run from the year 0000 to 9999; store this one as a "
                    + "number")
        }
        let whole = interval.rounded(.down)
        let text = CivilTime(secondsSinceReference: Int64(whole)).text
        guard whole != interval else { return text }
        return "\(text).\(SecondFraction(of: interval, above: whole).digits)"
    }

    /// The date that a text is, or `nil` when it is none.
    ///
    /// Accepts a date alone, `T` in place of the blank, and a `Z` at the end.
    static func date(_ text: String) -> Date? {
        var parser = SQLiteDateParser(text)
        guard let (time, fraction) = parser.moment(), parser.isAtEnd else { return nil }
        return Date(
            timeIntervalSinceReferenceDate: fraction.added(to: Double(time.secondsSinceReference)))
    }

    /// The years 0000 to 9999.
    static let range =
        Date(
            timeIntervalSinceReferenceDate: firstSecond)..<Date(
            timeIntervalSinceReferenceDate: endSecond)

    // 0000-01-01 and 10000-01-01, in seconds since 2001-01-01.
    private static let firstSecond = -63_145_526_400.0
    private static let endSecond = 252_423_993_600.0
}
