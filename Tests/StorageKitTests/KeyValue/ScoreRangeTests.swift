import StorageKit
import Testing

@Suite("Ranges of scores")
struct ScoreRangeTests {
    /// Each range, with those of -∞, 1, 2, 3 and ∞ that it contains.
    static let table: [(ScoreRange, [Double])] = [
        (.all, [-.infinity, 1, 2, 3, .infinity]),
        (ScoreRange(1...2), [1, 2]),
        (ScoreRange(1..<2), [1]),
        (ScoreRange(2...), [2, 3, .infinity]),
        (ScoreRange(...2), [-.infinity, 1, 2]),
        (ScoreRange(..<2), [-.infinity, 1]),
        (ScoreRange(after: 1), [2, 3, .infinity]),
        (ScoreRange(after: 1, through: 2), [2]),
        (ScoreRange(after: 2, through: 2), []),
        (ScoreRange(lower: .inclusive(3), upper: .inclusive(1)), []),
        (ScoreRange(lower: .exclusive(-.infinity), upper: .exclusive(.infinity)), [1, 2, 3]),
        (ScoreRange(lower: .inclusive(2), upper: .unbounded), [2, 3, .infinity]),
        (ScoreRange(lower: .unbounded, upper: .exclusive(1)), [-.infinity]),
    ]

    @Test(
        "a range contains what lies between its bounds, and a bound that is inclusive",
        arguments: table)
    func contains(range: ScoreRange, expected: [Double]) {
        #expect([-.infinity, 1, 2, 3, .infinity].filter(range.contains) == expected)
    }

    @Test("zero and minus zero are one score")
    func zeros() {
        #expect(ScoreRange(0.0...0.0).contains(-0.0))
        #expect(!ScoreRange(after: -0.0).contains(0.0))
    }
}
