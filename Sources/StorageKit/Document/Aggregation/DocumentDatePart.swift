/// A part of a moment, in UTC.
///
/// A moment is a date, an identifier that was generated then, or a timestamp. Of null it is null.
public enum DocumentDatePart: CaseIterable, Hashable, Sendable {
    /// The year.
    case year
    /// The month, from 1.
    case month
    /// The day of the month, from 1.
    case dayOfMonth
    /// The day of the year, from 1.
    case dayOfYear
    /// The day of the week, Sunday being 1.
    case dayOfWeek
    /// The week of the year, from 0, each beginning on a Sunday.
    case week
    /// The day of the week as ISO 8601 has it, Monday being 1.
    case isoDayOfWeek
    /// The week as ISO 8601 has it, from 1.
    case isoWeek
    /// The year that the week belongs to as ISO 8601 has it; 64 bits.
    case isoWeekYear
    /// The hour, to 23.
    case hour
    /// The minute, to 59.
    case minute
    /// The second, to 59.
    case second
    /// The millisecond, to 999.
    case millisecond
}
