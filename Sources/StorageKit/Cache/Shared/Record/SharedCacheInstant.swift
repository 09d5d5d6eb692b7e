/// A moment by the clock of a shared cache's storage: milliseconds since 1970.
///
/// Redis gives it by `TIME`. It is kept with an entry, so it must survive a restart and mean the
/// same to all processes; no monotonic clock does. What a jump of that clock moves are ends of
/// leases and barriers and how fresh entries seem, never which ticket is registered.
public struct SharedCacheInstant: Hashable, Comparable, Sendable {
    /// The milliseconds; fourteen decimal digits at the most.
    public let milliseconds: Int64

    /// Creates a moment, the nearest that there is.
    @inlinable
    public init(milliseconds: Int64) {
        self.milliseconds = min(max(milliseconds, 0), 99_999_999_999_999)
    }

    /// After everything else: the end of what has none.
    @inlinable
    public static var forever: Self { Self(milliseconds: .max) }

    /// Before everything else: the end of what never began.
    @inlinable
    public static var never: Self { Self(milliseconds: 0) }

    /// The moment so much later, in whole milliseconds that are passed by then.
    @inlinable
    public func after(_ duration: Duration) -> Self {
        let (sum, overflow) = milliseconds.addingReportingOverflow(duration.wholeMilliseconds)
        return overflow ? .forever : Self(milliseconds: sum)
    }

    /// How long it is from here to another moment; `nil` to one that never comes.
    @inlinable
    public func time(to other: Self) -> Duration? {
        other == .forever ? nil : .milliseconds(other.milliseconds - milliseconds)
    }

    /// Whether the left one is earlier.
    @inlinable
    public static func < (left: Self, right: Self) -> Bool {
        left.milliseconds < right.milliseconds
    }
}

extension Duration {
    /// The milliseconds that are over when it is; the nearest number where there is none.
    @inlinable
    package var wholeMilliseconds: Int64 {
        // Compared first: taking the components of a sum of two absurd times traps.
        guard self < .milliseconds(Int64.max) else { return .max }
        guard .milliseconds(Int64.min) < self else { return .min }
        let (seconds, attoseconds) = components
        return seconds * 1_000 + attoseconds / 1_000_000_000_000_000
    }
}
