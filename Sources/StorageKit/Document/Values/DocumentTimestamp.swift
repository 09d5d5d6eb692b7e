/// MongoDB's own clock: a second, and a count within it.
public struct DocumentTimestamp: Codable, Hashable, Comparable, Sendable {
    /// Since 1970.
    public var seconds: UInt32
    /// Of the operations in that second.
    public var increment: UInt32

    /// Creates a timestamp.
    public init(seconds: UInt32, increment: UInt32) {
        self.seconds = seconds
        self.increment = increment
    }

    /// Whether the left one is the earlier one.
    public static func < (left: DocumentTimestamp, right: DocumentTimestamp) -> Bool {
        (left.seconds, left.increment) < (right.seconds, right.increment)
    }
}
