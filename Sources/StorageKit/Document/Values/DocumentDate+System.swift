#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

extension DocumentDate {
    /// The present by the system's wall clock.
    public static var now: DocumentDate {
        DocumentDate(millisecondsSince1970: WallClock.milliseconds)
    }

    /// The millisecond that is nearest to a date; the first or last one for dates beyond them.
    public init(_ date: Date) {
        let milliseconds = (date.timeIntervalSince1970 * 1_000).rounded()
        self.init(
            millisecondsSince1970: Int64(exactly: milliseconds)
                ?? (milliseconds < 0 ? .min : .max))
    }

    /// The moment as Foundation has it.
    public var date: Date { Date(timeIntervalSince1970: Double(millisecondsSince1970) / 1_000) }
}
