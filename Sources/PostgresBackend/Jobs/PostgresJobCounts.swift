/// How many jobs a queue has.
public struct PostgresJobCounts: Codable, Hashable, Sendable {
    /// Those that can be claimed now.
    public var due: Int
    /// Those that are to begin later, after a failure among others.
    public var later: Int
    /// Those that somebody has claimed.
    public var claimed: Int
    /// Those that have failed too often.
    public var dead: Int

    /// Creates counts.
    public init(due: Int = 0, later: Int = 0, claimed: Int = 0, dead: Int = 0) {
        self.due = due
        self.later = later
        self.claimed = claimed
        self.dead = dead
    }
}
