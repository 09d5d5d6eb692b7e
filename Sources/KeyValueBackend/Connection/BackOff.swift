internal import StorageKit

/// How long to wait before the next attempt to connect, as a value.
///
/// The waits double up to a maximum; of each the last part is random ("Exponential Backoff And
/// Jitter", AWS Architecture Blog, 2015).
struct BackOff: Sendable {
    let bounds: RedisConfiguration.BackOff
    /// The failures in a row.
    private(set) var failures = 0

    init(_ bounds: RedisConfiguration.BackOff) { self.bounds = bounds }

    /// Counts a failure.
    ///
    /// - Returns: How long to wait after it, between `(1 - jitter)` and all of the doubled wait.
    mutating func fail(using generator: inout some RandomNumberGenerator) -> Duration {
        let doublings = min(failures, 30)
        failures += 1
        let whole = min(bounds.maximum, bounds.initial.countable * (1 << doublings))
        let jitter = min(max(bounds.jitter, 0), 1)
        return whole * (1 - jitter * Double.random(in: 0...1, using: &generator))
    }

    /// A connection has proved itself.
    mutating func succeed() { failures = 0 }
}
