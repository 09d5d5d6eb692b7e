/// An entity to examine stores with, whose fields all follow from its number and its revision.
///
/// So two revisions differ in several fields, and a store that mixes them is found out by comparing
/// for equality. The values are the awkward ones: text that is empty, long, outside ASCII, full of
/// quotes or equal to a keyword, numbers at the edges of their types, and an optional that comes
/// and goes.
public struct Specimen: Identifiable, Hashable, Codable, Sendable {
    /// The number it was made from.
    public var id: Int
    /// The revision it was made from.
    public var revision: Int
    /// An awkward text.
    public var title: String
    /// A text that odd revisions do not have.
    public var note: String?
    /// An awkward number.
    public var weight: Double
    /// Another at the edge of its type.
    public var count: Int64
    /// Changes with every revision.
    public var isDone: Bool

    /// The specimen of a number in one of its revisions.
    public init(number: Int, revision: Int) {
        id = number
        self.revision = revision
        let mix = number &* 31 &+ revision
        title = "\(revision) " + Self.titles[mix.index(in: Self.titles)]
        note = revision % 2 == 0 ? "note \(number).\(revision)" : nil
        weight = Self.weights[mix.index(in: Self.weights)]
        count = Self.counts[mix.index(in: Self.counts)] &+ 3 * Int64(revision)
        isDone = revision % 2 == 0
    }

    private static let titles = [
        "", "plain", "it's \"quoted\" \\ and `ticked`", "NULL", "; DROP TABLE specimen; --",
        "Grüße, 世界 👩‍👩‍👧", "line\nbreak\ttab\r\n", "  blanks  ", "%_?*:$1{}[]",
        String(repeating: "long ", count: 400),
    ]

    private static let weights: [Double] = [
        0, -1, 0.1, 1.0 / 3, .greatestFiniteMagnitude, .leastNonzeroMagnitude,
        9_007_199_254_740_992,
    ]

    private static let counts: [Int64] = [0, -1, .min, .max, 1 << 53 + 1, -(1 << 31)]
}

extension Int {
    /// A place in a table, also for a negative number.
    fileprivate func index(in table: [some Any]) -> Int {
        let remainder = self % table.count
        return remainder < 0 ? remainder + table.count : remainder
    }
}
