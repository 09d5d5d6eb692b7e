#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

extension SharedCacheInstant {
    /// The present by the system's wall clock.
    public static var now: Self {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Self(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }
}

extension SharedCacheToken {
    /// A token of the system's random numbers.
    public static func random() -> Self {
        var generator = SystemRandomNumberGenerator()
        return Self(using: &generator)
    }
}
