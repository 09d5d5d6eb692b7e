/// When a ``CircuitBreakingCache`` stops asking its cache, and when it tries again.
public struct CircuitBreakerPolicy: Hashable, Sendable {
    /// After which time a call is given up; `nil` to wait as long as the cache does.
    ///
    /// What it costs: a task more for each call.
    public var callTimeout: Duration? = nil

    /// From which time on a call counts as failed although it succeeded; `nil` for never.
    public var slowCallTime: Duration? = nil

    /// For how long calls are counted before counting begins anew.
    public var window: Duration = .seconds(10)

    /// How many calls a window needs before they are judged.
    public var minimumCalls: Int = 10

    /// Which share of a window's calls has to fail, above 0 and up to 1.
    public var failureShare: Double = 0.5

    /// How long nothing is asked the first time; each failed attempt doubles it.
    public var pause: Duration = .milliseconds(500)

    /// How long nothing is asked at the most.
    public var longestPause: Duration = .seconds(30)

    /// Creates a policy with the defaults above.
    public init() {}
}
