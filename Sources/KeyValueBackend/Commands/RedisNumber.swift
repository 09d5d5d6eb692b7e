internal import StorageKit

/// Numbers, times and bounds as text of the protocol.
enum RedisNumber {
    static func text(_ number: some BinaryInteger) -> ByteString { ByteString(String(number)) }

    /// The shortest digits that give the same `Double` again; `inf` and `-inf`.
    static func text(_ number: Double) -> ByteString { ByteString(number.description) }

    /// Milliseconds, rounded up.
    static func milliseconds(_ time: Duration) -> Int64 {
        let (seconds, attoseconds) = time.components
        let (quotient, rest) = attoseconds.quotientAndRemainder(dividingBy: attosecondsEach)
        return seconds * 1000 + quotient + (rest > 0 ? 1 : 0)
    }

    /// Seconds with three decimals, rounded up: the times of blocking commands.
    static func seconds(_ time: Duration) -> ByteString {
        let (seconds, rest) = milliseconds(time).quotientAndRemainder(dividingBy: 1000)
        let digits = String(rest)
        return ByteString("\(seconds)." + String(repeating: "0", count: 3 - digits.count) + digits)
    }

    /// The lower end of a range of scores.
    static func lower(_ bound: ScoreRange.Bound) -> ByteString { text(bound, unbounded: "-inf") }

    /// The upper end of a range of scores.
    static func upper(_ bound: ScoreRange.Bound) -> ByteString { text(bound, unbounded: "+inf") }

    private static let attosecondsEach: Int64 = 1_000_000_000_000_000

    private static func text(_ bound: ScoreRange.Bound, unbounded: ByteString) -> ByteString {
        switch bound {
        case .inclusive(let score): text(score)
        case .exclusive(let score): "(" + text(score)
        case .unbounded: unbounded
        }
    }
}
