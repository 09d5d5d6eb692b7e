/// How sure a read wants to be of what it reads.
///
/// Source: MongoDB's manual, "Read Concern".
public enum MongoReadConcern: String, Hashable, Sendable {
    /// What the member has; it may be rolled back.
    case local
    /// As ``local``, also from parts of a sharded cluster that lag.
    case available
    /// What a majority of the members has confirmed, and nothing rolls back.
    case majority
    /// As ``majority``, and at least as new as when the read began.
    case linearizable
    /// One snapshot of what a majority has confirmed.
    case snapshot
}
