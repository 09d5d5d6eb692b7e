extension KeyValueCommands where Store: SortedSetStore {
    /// Writes scores of members.
    public func sortedSetAdd(
        _ key: ByteString, _ members: [ByteString: Double], if update: ScoreUpdate = .always
    ) -> KeyValueCommand<Store, Int> {
        sortedSetAdd(
            key, members.map { ScoredMember(member: $0.key, score: $0.value) }, if: update)
    }

    /// Writes scores of members, in their order.
    public func sortedSetAdd(
        _ key: ByteString, _ members: [ScoredMember], if update: ScoreUpdate = .always
    ) -> KeyValueCommand<Store, Int> {
        KeyValueCommand(.sortedSet(key, .add(members, update)), decode: ReplyDecoding.count)
    }

    /// Removes members.
    public func sortedSetRemove(
        _ key: ByteString, members: [ByteString]
    ) -> KeyValueCommand<Store, Int> {
        KeyValueCommand(.sortedSet(key, .remove(members)), decode: ReplyDecoding.count)
    }

    /// Removes the members at these ranks, 0 being the lowest score.
    public func sortedSetRemove(
        _ key: ByteString, ranks: Range<Int>
    ) -> KeyValueCommand<Store, Int> {
        KeyValueCommand(.sortedSet(key, .removeRanks(ranks)), decode: ReplyDecoding.count)
    }

    /// Removes the members with these scores: the old end of a sliding window.
    public func sortedSetRemove(
        _ key: ByteString, scores: ScoreRange
    ) -> KeyValueCommand<Store, Int> {
        KeyValueCommand(.sortedSet(key, .removeScores(scores)), decode: ReplyDecoding.count)
    }

    /// A member's score, or `nil` when it is not in the set.
    public func sortedSetScore(
        _ key: ByteString, of member: ByteString
    ) -> KeyValueCommand<Store, Double?> {
        KeyValueCommand(.sortedSet(key, .score(member)), decode: ReplyDecoding.optionalNumber)
    }

    /// How many members come before this one, or `nil` when it is not in the set.
    public func sortedSetRank(
        _ key: ByteString, of member: ByteString, order: SortOrder = .ascending
    ) -> KeyValueCommand<Store, Int?> {
        KeyValueCommand(.sortedSet(key, .rank(member, order)), decode: ReplyDecoding.position)
    }

    /// The members at these ranks with their scores, in the order asked for.
    public func sortedSetRange(
        _ key: ByteString, ranks: Range<Int>, order: SortOrder = .ascending
    ) -> KeyValueCommand<Store, [ScoredMember]> {
        KeyValueCommand(.sortedSet(key, .rangeByRank(ranks, order)), decode: ReplyDecoding.members)
    }

    /// The first members with these scores, in the order asked for, at most `limit`.
    public func sortedSetRange(
        _ key: ByteString, scores: ScoreRange, order: SortOrder = .ascending, limit: Int
    ) -> KeyValueCommand<Store, [ScoredMember]> {
        KeyValueCommand(
            .sortedSet(key, .rangeByScore(scores, order, limit: limit)),
            decode: ReplyDecoding.members)
    }

    /// Adds to a member's score, from zero when it is not in the set.
    public func sortedSetIncrement(
        _ key: ByteString, member: ByteString, by amount: Double = 1
    ) -> KeyValueCommand<Store, Double> {
        KeyValueCommand(
            .sortedSet(key, .increment(member, by: amount)), decode: ReplyDecoding.number)
    }

    /// How many members a set has.
    public func sortedSetCount(_ key: ByteString) -> KeyValueCommand<Store, Int> {
        KeyValueCommand(.sortedSet(key, .count), decode: ReplyDecoding.count)
    }

    /// How many members have these scores.
    public func sortedSetCount(
        _ key: ByteString, scores: ScoreRange
    ) -> KeyValueCommand<Store, Int> {
        KeyValueCommand(.sortedSet(key, .countScores(scores)), decode: ReplyDecoding.count)
    }

    /// Removes and returns the first members in the order asked for, at most `limit`.
    public func sortedSetPop(
        _ key: ByteString, order: SortOrder = .ascending, limit: Int = 1
    ) -> KeyValueCommand<Store, [ScoredMember]> {
        KeyValueCommand(.sortedSet(key, .pop(order, limit: limit)), decode: ReplyDecoding.members)
    }
}
