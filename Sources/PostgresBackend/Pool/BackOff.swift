/// How long to wait before the next attempt to connect, as a value.
///
/// The waits double up to a maximum; of each the last half is random ("Exponential Backoff And
/// Jitter", AWS Architecture Blog, 2015).
struct BackOff: Sendable {
    private static let first = Duration.milliseconds(20)
    private static let longest = Duration.seconds(2)

    private var failures = 0

    /// Counts a failure.
    ///
    /// - Returns: How long to wait after it.
    mutating func fail(using generator: inout some RandomNumberGenerator) -> Duration {
        let whole = min(Self.longest, Self.first * (1 << min(failures, 20)))
        failures += 1
        return whole * (1 - 0.5 * Double.random(in: 0...1, using: &generator))
    }

    /// An attempt was successful.
    mutating func succeed() { failures = 0 }
}
