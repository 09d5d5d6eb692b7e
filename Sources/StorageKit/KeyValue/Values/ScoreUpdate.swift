/// What must be true for a member's score to be written.
public enum ScoreUpdate: Hashable, Sendable {
    /// Nothing: members are added and scores replaced.
    case always
    /// The member is new; scores that are there stay.
    case ifAbsent
    /// The member is there; none is added.
    case ifPresent
    /// The member is new, or the score is higher than its own: a leaderboard of best results.
    case ifHigher
    /// The member is new, or the score is lower than its own.
    case ifLower
}
