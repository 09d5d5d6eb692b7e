#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// Which values a relational database keeps as they are, and which it refuses.
///
/// What is refused throws ``StorageError/Code/encodingFailed`` before it reaches the database or by
/// its answer. Nothing else is changed in silence, but for what is said here of the sign of zero
/// and of the last digits of a date.
public struct RelationalLimits: Hashable, Sendable {
    /// Whether a real number may be NaN.
    public var keepsNaN: Bool
    /// Whether -0 keeps its sign; it is kept as 0 otherwise.
    public var keepsNegativeZero: Bool
    /// Whether text may contain the character NUL.
    public var keepsNULInText: Bool
    /// The dates there are; `nil` for all.
    public var dates: Range<Date>?
    /// How far a date may be from the one that was stored, in seconds; 0 when it is the same.
    public var dateResolution: TimeInterval

    /// Describes a database that keeps everything, but for what is said.
    public init(
        keepsNaN: Bool = true, keepsNegativeZero: Bool = true, keepsNULInText: Bool = true,
        dates: Range<Date>? = nil, dateResolution: TimeInterval = 0
    ) {
        self.keepsNaN = keepsNaN
        self.keepsNegativeZero = keepsNegativeZero
        self.keepsNULInText = keepsNULInText
        self.dates = dates
        self.dateResolution = dateResolution
    }
}
