#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// A point on the system's monotonic clock: what deadlines are compared with.
///
/// A plain number of nanoseconds, so that a request carries eight bytes for its deadline. The state
/// machines are handed the time and never read it; only their owners call ``now``.
struct Moment: Comparable, Hashable, Sendable {
    var nanoseconds: Int64

    /// A time that does not come.
    static let never = Moment(nanoseconds: .max)

    /// The present.
    static var now: Moment {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Moment(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    static func < (left: Moment, right: Moment) -> Bool { left.nanoseconds < right.nanoseconds }

    /// The time a while later; ``never`` when it is too far away to be counted.
    static func + (moment: Moment, duration: Duration) -> Moment {
        let (sum, overflow) = moment.nanoseconds.addingReportingOverflow(duration.nanoseconds)
        return overflow ? .never : Moment(nanoseconds: sum)
    }

    /// The time from one to the other.
    static func - (later: Moment, earlier: Moment) -> Duration {
        .nanoseconds(
            later.nanoseconds.subtractingReportingOverflow(earlier.nanoseconds).partialValue)
    }
}

extension Duration {
    /// The whole nanoseconds; `Int64.max`, 292 years, for more.
    var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, further) = whole.addingReportingOverflow(attoseconds / 1_000_000_000)
        return overflow || further ? .max : sum
    }
}
