#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// The clock that all processes of a machine share, for histories that several of them record.
///
/// It is `CLOCK_MONOTONIC`: it never goes back, nobody sets it, and what one process has read from
/// it can be compared with what another has.
public enum HistoryClock {
    /// Nanoseconds since some moment that is the same for all processes.
    public static var now: Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
}
