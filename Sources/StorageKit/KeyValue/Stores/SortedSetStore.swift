/// A store with sorted sets: members in the order of their scores, as a leaderboard needs.
///
/// ```swift
/// try await store.sortedSetAdd("scores", ["ana": 120, "ben": 80])
/// let best = try await store.sortedSetRange("scores", ranks: 0..<10, order: .descending)
/// ```
///
/// A member is in the set once. Members of equal score are ordered byte by byte. Scores are any
/// `Double` but NaN, which throws ``StorageError/Code/invalidArgument``; infinities are allowed.
/// Every operation throws ``StorageError/Code/wrongType`` when the key holds another kind of value.
/// A set that loses its last member does not exist.
public protocol SortedSetStore: KeyValueStore {}

extension SortedSetStore {
    /// Writes scores of members.
    ///
    /// One round trip.
    ///
    /// - Returns: How many of the members are new.
    @discardableResult
    public func sortedSetAdd(
        _ key: ByteString, _ members: [ByteString: Double], if update: ScoreUpdate = .always
    ) async throws(StorageError) -> Int {
        try await perform(commands.sortedSetAdd(key, members, if: update))
    }

    /// Writes scores of members, as a range of another set gave them.
    ///
    /// One round trip. They are written one after the other: of a member that is there twice the
    /// last score counts that the update allows, and it is new once.
    ///
    /// - Returns: How many of the members are new.
    @discardableResult
    public func sortedSetAdd(
        _ key: ByteString, _ members: [ScoredMember], if update: ScoreUpdate = .always
    ) async throws(StorageError) -> Int {
        try await perform(commands.sortedSetAdd(key, members, if: update))
    }

    /// Removes members.
    ///
    /// One round trip.
    ///
    /// - Returns: How many of them there were.
    @discardableResult
    public func sortedSetRemove(
        _ key: ByteString, members: [ByteString]
    ) async throws(StorageError) -> Int {
        try await perform(commands.sortedSetRemove(key, members: members))
    }

    /// Removes the members at these ranks, 0 being the lowest score.
    ///
    /// One round trip.
    ///
    /// - Returns: How many there were.
    @discardableResult
    public func sortedSetRemove(
        _ key: ByteString, ranks: Range<Int>
    ) async throws(StorageError) -> Int {
        try await perform(commands.sortedSetRemove(key, ranks: ranks))
    }

    /// Removes the members with these scores: the old end of a sliding window.
    ///
    /// One round trip.
    ///
    /// - Returns: How many there were.
    @discardableResult
    public func sortedSetRemove(
        _ key: ByteString, scores: ScoreRange
    ) async throws(StorageError) -> Int {
        try await perform(commands.sortedSetRemove(key, scores: scores))
    }

    /// A member's score, or `nil` when it is not in the set.
    ///
    /// One round trip.
    public func sortedSetScore(
        _ key: ByteString, of member: ByteString
    ) async throws(StorageError) -> Double? {
        try await perform(commands.sortedSetScore(key, of: member))
    }

    /// How many members come before this one, or `nil` when it is not in the set.
    ///
    /// One round trip.
    public func sortedSetRank(
        _ key: ByteString, of member: ByteString, order: SortOrder = .ascending
    ) async throws(StorageError) -> Int? {
        try await perform(commands.sortedSetRank(key, of: member, order: order))
    }

    /// The members at these ranks with their scores, in the order asked for.
    ///
    /// One round trip. Rank 0 is the first in that order; ranks beyond the last are left out.
    /// Members of equal score are in descending order turned round as well.
    public func sortedSetRange(
        _ key: ByteString, ranks: Range<Int>, order: SortOrder = .ascending
    ) async throws(StorageError) -> [ScoredMember] {
        try await perform(commands.sortedSetRange(key, ranks: ranks, order: order))
    }

    /// The first members with these scores, in the order asked for, at most `limit`.
    ///
    /// One round trip.
    public func sortedSetRange(
        _ key: ByteString, scores: ScoreRange, order: SortOrder = .ascending, limit: Int
    ) async throws(StorageError) -> [ScoredMember] {
        try await perform(commands.sortedSetRange(key, scores: scores, order: order, limit: limit))
    }

    /// Adds to a member's score, from zero when it is not in the set.
    ///
    /// One round trip.
    ///
    /// - Returns: The sum.
    /// - Throws: ``StorageError/Code/outOfRange`` when the sum is NaN (opposite infinities).
    @discardableResult
    public func sortedSetIncrement(
        _ key: ByteString, member: ByteString, by amount: Double = 1
    ) async throws(StorageError) -> Double {
        try await perform(commands.sortedSetIncrement(key, member: member, by: amount))
    }

    /// How many members a set has.
    ///
    /// One round trip.
    public func sortedSetCount(_ key: ByteString) async throws(StorageError) -> Int {
        try await perform(commands.sortedSetCount(key))
    }

    /// How many members have these scores.
    ///
    /// One round trip.
    public func sortedSetCount(
        _ key: ByteString, scores: ScoreRange
    ) async throws(StorageError) -> Int {
        try await perform(commands.sortedSetCount(key, scores: scores))
    }

    /// Removes and returns the first members in the order asked for, at most `limit`.
    ///
    /// One round trip.
    @discardableResult
    public func sortedSetPop(
        _ key: ByteString, order: SortOrder = .ascending, limit: Int = 1
    ) async throws(StorageError) -> [ScoredMember] {
        try await perform(commands.sortedSetPop(key, order: order, limit: limit))
    }
}
