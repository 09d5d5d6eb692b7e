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
    /// A fraction of a second: `units` of 1/`scale`.
    struct Fraction {
        var units: UInt64 = 0
        var scale: UInt64 = 1

        /// The seconds since the reference date that this fraction and a whole number make.
        ///
        /// Before the reference date it is taken off the second above: a `Double` just below zero
        /// is finer than one just above the second before, and would be rounded there.
        func added(to whole: Double) -> Double {
            whole < 0
                ? whole + 1 - Double(scale - units) / Double(scale)
                : whole + Double(units) / Double(scale)
        }
    }

    /// The date as text.
    ///
    /// - Throws: ``StorageError/Code/encodingFailed`` for a year outside 0000 to 9999, and for a
    ///   moment that differs from a whole second by less than an attosecond.
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
        return whole == interval ? text : text + (try fraction(of: interval, above: whole))
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

    // 0000-01-01 and 10000-01-01, in seconds since 2001-01-01.
    private static let firstSecond = -63_145_526_400.0
    private static let endSecond = 252_423_993_600.0

    /// The shortest fraction, in steps of three digits, from which the interval comes back.
    private static func fraction(
        of interval: Double, above whole: Double
    ) throws(StorageError) -> String {
        var fraction = Fraction()
        for digits in stride(from: 3, through: 18, by: 3) {
            fraction.scale *= 1000
            fraction.units = units(of: interval, above: whole, scale: fraction.scale)
            guard fraction.units < fraction.scale, fraction.added(to: whole) == interval else {
                continue
            }
            let text = String(fraction.units)
            return "." + String(repeating: "0", count: digits - text.utf8.count) + text
        }
        throw StorageError(
            code: .encodingFailed,
            message: "a date differs from a whole second by less than an attosecond; round it")
    }

    /// The inverse of ``Fraction/added(to:)``, rounded.
    private static func units(of interval: Double, above whole: Double, scale: UInt64) -> UInt64 {
        guard whole < 0 else { return UInt64(((interval - whole) * Double(scale)).rounded()) }
        let missing = UInt64(((whole + 1 - interval) * Double(scale)).rounded())
        return scale - min(missing, scale)
    }
}
