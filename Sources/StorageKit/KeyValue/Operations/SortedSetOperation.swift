/// An operation on the sorted set under one key.
public enum SortedSetOperation: Hashable, Sendable {
    /// Writes scores; answers how many members are new, ``KeyValueReply/integer(_:)``.
    case add([ScoredMember], ScoreUpdate)
    /// Removes members; answers how many there were, ``KeyValueReply/integer(_:)``.
    case remove([ByteString])
    /// Removes the members at these ranks, ``KeyValueReply/integer(_:)``.
    case removeRanks(Range<Int>)
    /// Removes the members with these scores, ``KeyValueReply/integer(_:)``.
    case removeScores(ScoreRange)
    /// A member's score, ``KeyValueReply/number(_:)``.
    case score(ByteString)
    /// How many members come before this one, ``KeyValueReply/position(_:)``.
    case rank(ByteString, SortOrder)
    /// The members at these ranks, ``KeyValueReply/members(_:)``.
    case rangeByRank(Range<Int>, SortOrder)
    /// The first members with these scores, ``KeyValueReply/members(_:)``.
    case rangeByScore(ScoreRange, SortOrder, limit: Int)
    /// Adds to a member's score, ``KeyValueReply/number(_:)``.
    case increment(ByteString, by: Double)
    /// How many members there are, ``KeyValueReply/integer(_:)``.
    case count
    /// How many members have these scores, ``KeyValueReply/integer(_:)``.
    case countScores(ScoreRange)
    /// Removes and returns the first members, ``KeyValueReply/members(_:)``.
    case pop(SortOrder, limit: Int)
}
