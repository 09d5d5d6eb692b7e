/// A member of a sorted set and its score.
public struct ScoredMember: Hashable, Sendable {
    /// The member.
    public var member: ByteString
    /// What it is ordered by; never NaN.
    public var score: Double

    /// Creates a scored member.
    public init(member: ByteString, score: Double) {
        self.member = member
        self.score = score
    }
}
