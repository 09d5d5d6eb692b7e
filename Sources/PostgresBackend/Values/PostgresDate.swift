#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
internal import StorageKit

/// PostgreSQL's moments: microseconds, or days, since the year 2000 began in Greenwich.
enum PostgresDate {
    /// From there to the year 2001, where `Date` counts from.
    private static let secondsBetween = 31_622_400.0

    /// The server's limits: 4714 BC to 294276 AD.
    private static let range = -211_813_488_000_000_000.0..<9_223_371_331_200_000_000.0

    /// The same as dates.
    static var dates: Range<Date> {
        func date(_ microseconds: Double) -> Date {
            Date(timeIntervalSinceReferenceDate: microseconds / 1_000_000 - secondsBetween)
        }
        return date(range.lowerBound)..<date(range.upperBound)
    }

    /// The nearest microsecond.
    static func microseconds(_ date: Date) throws(StorageError) -> Int64 {
        let seconds = date.timeIntervalSinceReferenceDate + secondsBetween
        let microseconds = (seconds * 1_000_000).rounded()
        guard range.contains(microseconds) else {
            throw StorageError(
                code: .encodingFailed,
                message: "a date before 4714 BC, after 294276, or none at all cannot be stored")
        }
        return Int64(microseconds)
    }

    /// The day of a moment, in Greenwich.
    static func days(microseconds: Int64) -> Int32 {
        let (days, rest) = microseconds.quotientAndRemainder(dividingBy: 86_400_000_000)
        return Int32(clamping: rest < 0 ? days - 1 : days)
    }

    /// `nil` for infinity.
    static func date(microseconds: Int64) -> Date? {
        guard microseconds != .max, microseconds != .min else { return nil }
        // Whole seconds apart, as a `Double` does not hold the microseconds of a far century.
        let (seconds, rest) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        return Date(
            timeIntervalSinceReferenceDate: Double(seconds) - secondsBetween
                + Double(rest) / 1_000_000)
    }

    /// Midnight in Greenwich; `nil` for infinity.
    static func date(days: Int32) -> Date? {
        guard days != .max, days != .min else { return nil }
        return Date(timeIntervalSinceReferenceDate: Double(days) * 86_400 - secondsBetween)
    }
}
