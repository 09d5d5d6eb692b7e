/// The scores between two bounds.
///
/// ```swift
/// ScoreRange(100...)      ScoreRange(0..<10)      ScoreRange(after: 5, through: 7)      .all
/// ```
public struct ScoreRange: Hashable, Sendable {
    /// One end of a range.
    public enum Bound: Hashable, Sendable {
        /// The range includes this score.
        case inclusive(Double)
        /// The range ends just beside this score.
        case exclusive(Double)
        /// The range has no end on this side.
        case unbounded
    }

    /// Where the range begins.
    public var lower: Bound
    /// Where the range ends.
    public var upper: Bound

    /// Creates a range of two bounds; it is empty when they cross.
    public init(lower: Bound, upper: Bound) {
        self.lower = lower
        self.upper = upper
    }

    /// Every score.
    public static let all = ScoreRange(lower: .unbounded, upper: .unbounded)

    /// Creates the range from one score through another.
    public init(_ range: ClosedRange<Double>) {
        self.init(lower: .inclusive(range.lowerBound), upper: .inclusive(range.upperBound))
    }

    /// Creates the range from one score up to but not including another.
    public init(_ range: Range<Double>) {
        self.init(lower: .inclusive(range.lowerBound), upper: .exclusive(range.upperBound))
    }

    /// Creates the range from a score on.
    public init(_ range: PartialRangeFrom<Double>) {
        self.init(lower: .inclusive(range.lowerBound), upper: .unbounded)
    }

    /// Creates the range through a score.
    public init(_ range: PartialRangeThrough<Double>) {
        self.init(lower: .unbounded, upper: .inclusive(range.upperBound))
    }

    /// Creates the range up to but not including a score.
    public init(_ range: PartialRangeUpTo<Double>) {
        self.init(lower: .unbounded, upper: .exclusive(range.upperBound))
    }

    /// Creates the range after a score through another, for keyset pages.
    public init(after lower: Double, through upper: Double = .infinity) {
        self.init(lower: .exclusive(lower), upper: .inclusive(upper))
    }

    /// Whether a score lies in the range.
    public func contains(_ score: Double) -> Bool {
        switch lower {
        case .inclusive(let bound) where score < bound: return false
        case .exclusive(let bound) where score <= bound: return false
        default: break
        }
        switch upper {
        case .inclusive(let bound): return score <= bound
        case .exclusive(let bound): return score < bound
        case .unbounded: return true
        }
    }

    /// Whether a bound is not a number, which no store accepts.
    var hasNaN: Bool {
        [lower, upper].contains {
            switch $0 {
            case .inclusive(let score), .exclusive(let score): score.isNaN
            case .unbounded: false
            }
        }
    }
}
