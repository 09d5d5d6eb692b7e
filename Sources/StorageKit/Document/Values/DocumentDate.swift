/// A moment in a document, in whole milliseconds.
public struct DocumentDate: Hashable, Comparable, Sendable {
    /// Since the beginning of 1970 in UTC, leap seconds not counted; below zero before it.
    public var millisecondsSince1970: Int64

    /// Creates a moment.
    public init(millisecondsSince1970: Int64) {
        self.millisecondsSince1970 = millisecondsSince1970
    }

    /// Whether the left moment is the earlier one.
    public static func < (left: DocumentDate, right: DocumentDate) -> Bool {
        left.millisecondsSince1970 < right.millisecondsSince1970
    }
}
