/// Which members of a replica set are read from.
///
/// What a secondary has may be older than what the primary has.
///
/// Source: MongoDB's manual, "Read Preference".
public struct MongoReadPreference: Hashable, Sendable {
    /// A kind of member.
    public enum Mode: Hashable, Sendable {
        /// The primary alone.
        case primary
        /// The primary, or a secondary while there is none.
        case primaryPreferred
        /// A secondary.
        case secondary
        /// A secondary, or the primary while there is none.
        case secondaryPreferred
        /// The member that answers soonest.
        case nearest
    }

    /// The kind of member.
    public var mode: Mode
    /// How far a secondary may be behind, at least 90 seconds; `nil` for however far.
    public var maximumStaleness: Duration?

    /// Creates a preference.
    public init(_ mode: Mode, maximumStaleness: Duration? = nil) {
        self.mode = mode
        self.maximumStaleness = maximumStaleness
    }

    /// The primary alone.
    public static let primary = MongoReadPreference(.primary)
}
