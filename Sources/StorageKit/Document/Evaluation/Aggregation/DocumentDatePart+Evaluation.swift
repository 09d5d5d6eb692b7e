extension DocumentDatePart {
    /// The part of a moment.
    ///
    /// - Throws: `wrongType` for what is none.
    func apply(to value: DocumentValue?) throws(StorageError) -> DocumentValue {
        guard let value, !Optional(value).isNothing else { return .null }
        let milliseconds: Int64
        switch value {
        case .date(let date): milliseconds = date.millisecondsSince1970
        case .timestamp(let timestamp): milliseconds = Int64(timestamp.seconds) * 1_000
        case .objectID(let id):
            milliseconds = Int64(Int32(bitPattern: id.seconds)) * 1_000
        default: throw .expressionDoesNotFit("what should be a moment is none")
        }
        let part = CivilMoment(milliseconds)[self]
        return self == .isoWeekYear ? .int64(part) : .int32(Int32(part))
    }
}

/// A moment in the calendar.
private struct CivilMoment {
    let millisecond: Int64
    let time: CivilTime
    /// Days since 1970.
    let days: Int64

    init(_ milliseconds: Int64) {
        let seconds = milliseconds.dividedDown(by: 1_000)
        millisecond = milliseconds - seconds * 1_000
        days = seconds.dividedDown(by: 86_400)
        time = CivilTime(secondsSinceReference: seconds - Self.reference)
    }

    subscript(part: DocumentDatePart) -> Int64 {
        switch part {
        case .year: time.year
        case .month: time.month
        case .dayOfMonth: time.day
        case .dayOfYear: dayOfYear + 1
        case .dayOfWeek: weekday + 1
        // The days before the first Sunday are in week 0.
        case .week: (dayOfYear + 7 - weekday) / 7
        case .isoDayOfWeek: isoWeekday
        case .isoWeek: iso.week
        case .isoWeekYear: iso.year
        case .hour: time.secondOfDay / 3_600
        case .minute: time.secondOfDay / 60 % 60
        case .second: time.secondOfDay % 60
        case .millisecond: millisecond
        }
    }

    /// From 0, which is Sunday; 1970 began on a Thursday.
    private var weekday: Int64 { (days + 4) - (days + 4).dividedDown(by: 7) * 7 }

    /// From 1, which is Monday.
    private var isoWeekday: Int64 { weekday == 0 ? 7 : weekday }

    private var dayOfYear: Int64 { days - Self.firstDay(of: time.year) }

    /// The week belongs to the year that its Thursday is in.
    private var iso: (year: Int64, week: Int64) {
        let thursday = days - isoWeekday + 4
        let year = CivilTime(secondsSinceReference: thursday * 86_400 - Self.reference).year
        return (year, (thursday - Self.firstDay(of: year)) / 7 + 1)
    }

    private static func firstDay(of year: Int64) -> Int64 {
        let first = CivilTime(year: year, month: 1, day: 1, hour: 0, minute: 0, second: 0)
        return ((first?.secondsSinceReference ?? 0) + reference).dividedDown(by: 86_400)
    }

    /// 2001-01-01 in seconds since 1970.
    private static let reference: Int64 = 978_307_200
}

extension Int64 {
    /// The quotient, rounded down.
    fileprivate func dividedDown(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
