/// How long a subscription that was lost is left alone before it is opened again.
///
/// 100 ms, and twice as long after each further loss, up to 12.8 s. To open it proves nothing: one
/// that opens and is lost at once, again and again, must be backed off as well.
struct ReopeningPause: Sendable {
    /// The longest pause.
    static let longest = first * (1 << doublings)

    private static let first = Duration.milliseconds(100)
    private static let doublings = 7

    private var losses = 0

    /// Counts a loss, in constant time.
    ///
    /// - Returns: How long to wait after it.
    mutating func lost() -> Duration {
        defer { losses += 1 }
        return Self.first * (1 << min(losses, Self.doublings))
    }

    /// Something was heard: the next loss is the first.
    mutating func proved() { losses = 0 }
}
