extension SharedCacheInstant {
    /// The present by the system's wall clock.
    public static var now: Self { Self(milliseconds: WallClock.milliseconds) }
}

extension SharedCacheToken {
    /// A token of the system's random numbers.
    public static func random() -> Self {
        var generator = SystemRandomNumberGenerator()
        return Self(using: &generator)
    }
}
