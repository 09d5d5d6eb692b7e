#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
internal import StorageKit

/// PostgreSQL's moments: microseconds, or days, since the year 2000 began in Greenwich.
enum PostgresDate {
    /// From there to the year 2001, where `Date` counts from.
    private static let secondsBetween: Int64 = 31_622_400

    /// The server's limits in seconds: 4714 BC to 294276 AD.
    private static let range: Range<Int64> = -211_813_488_000..<9_223_371_331_200

    /// The same as dates.
    static var dates: Range<Date> {
        func date(_ seconds: Int64) -> Date {
            Date(timeIntervalSinceReferenceDate: Double(seconds - secondsBetween))
        }
        return date(range.lowerBound)..<date(range.upperBound)
    }

    /// The nearest microsecond.
    static func microseconds(_ date: Date) throws(StorageError) -> Int64 {
        // Whole seconds apart: a `Double` does not hold the microseconds of a far century.
        let interval = date.timeIntervalSinceReferenceDate
        let whole = interval.rounded(.down)
        // Not a number is in no range.
        guard abs(whole) < 1e13, range.contains(Int64(whole) + secondsBetween) else {
            throw StorageError(
                code: .encodingFailed,
                message: "a date before 4714 BC, after 294276, or none at all cannot be stored")
        }
        return (Int64(whole) + secondsBetween) * 1_000_000
            + Int64(((interval - whole) * 1_000_000).rounded())
    }

    /// The day of a moment, in Greenwich.
    static func days(microseconds: Int64) -> Int32 {
        let (days, rest) = microseconds.quotientAndRemainder(dividingBy: 86_400_000_000)
        return Int32(clamping: rest < 0 ? days - 1 : days)
    }

    /// `nil` for infinity.
    static func date(microseconds: Int64) -> Date? {
        guard microseconds != .max, microseconds != .min else { return nil }
        let (seconds, rest) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        return Date(
            timeIntervalSinceReferenceDate: Double(seconds - secondsBetween)
                + Double(rest) / 1_000_000)
    }

    /// Midnight in Greenwich; `nil` for infinity.
    static func date(days: Int32) -> Date? {
        guard days != .max, days != .min else { return nil }
        return Date(timeIntervalSinceReferenceDate: Double(days) * 86_400 - Double(secondsBetween))
    }
}
