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
package struct Moment: Comparable, Hashable, Sendable {
    package var nanoseconds: Int64

    /// A time on that clock.
    @inlinable package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    /// A time that does not come.
    @inlinable package static var never: Moment { Moment(nanoseconds: .max) }

    /// The present.
    package static var now: Moment {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Moment(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    /// Whether one time is before the other.
    @inlinable package static func < (left: Moment, right: Moment) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    /// The time a while later; ``never`` when it is too far away to be counted.
    @inlinable package static func + (moment: Moment, duration: Duration) -> Moment {
        let (sum, overflow) = moment.nanoseconds.addingReportingOverflow(duration.nanoseconds)
        return overflow ? .never : Moment(nanoseconds: sum)
    }

    /// The time from one to the other.
    @inlinable package static func - (later: Moment, earlier: Moment) -> Duration {
        .nanoseconds(
            later.nanoseconds.subtractingReportingOverflow(earlier.nanoseconds).partialValue)
    }
}

extension Duration {
    /// The whole nanoseconds; `Int64.max`, 292 years, for more, and `Int64.min` for less than that.
    @inlinable package var nanoseconds: Int64 {
        // Compared first: taking the components of a sum of two absurd times traps.
        guard self < .nanoseconds(Int64.max) else { return .max }
        guard .nanoseconds(Int64.min) < self else { return .min }
        let (seconds, attoseconds) = components
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }

    /// The same, or 292 years for more: a clock traps at a time that it cannot count to, and a
    /// multiplication at one that nothing can hold.
    package var countable: Duration { .nanoseconds(nanoseconds) }
}
