internal import StorageKit

extension RedisCommandEncoder {
    static func sortedSet(_ key: ByteString, _ operation: SortedSetOperation) -> [ByteString] {
        switch operation {
        case .add(let members, let update): add(key, members, update)
        case .remove(let members): [RedisWord.zrem, key] + members
        case .removeRanks(let ranks): [RedisWord.zremrangebyrank, key] + closed(ranks)
        case .removeScores(let scores): [RedisWord.zremrangebyscore, key] + bounds(scores)
        case .score(let member): [RedisWord.zscore, key, member]
        case .rank(let member, .ascending): [RedisWord.zrank, key, member]
        case .rank(let member, .descending): [RedisWord.zrevrank, key, member]
        case .rangeByRank(let ranks, let order):
            [RedisWord.zrange, key] + closed(ranks) + reversed(order) + [RedisWord.withScores]
        case .rangeByScore(let scores, let order, let limit):
            rangeByScore(key, scores, order, limit)
        case .increment(let member, let amount):
            [RedisWord.zincrby, key, RedisNumber.text(amount), member]
        case .count: [RedisWord.zcard, key]
        case .countScores(let scores): [RedisWord.zcount, key] + bounds(scores)
        case .pop(.ascending, let limit): [RedisWord.zpopmin, key, RedisNumber.text(limit)]
        case .pop(.descending, let limit): [RedisWord.zpopmax, key, RedisNumber.text(limit)]
        }
    }

    private static func add(
        _ key: ByteString, _ members: [ScoredMember], _ update: ScoreUpdate
    ) -> [ByteString] {
        let condition: [ByteString] =
            switch update {
            case .always: []
            case .ifAbsent: [RedisWord.ifAbsent]
            case .ifPresent: [RedisWord.ifPresent]
            case .ifHigher: [RedisWord.ifHigher]
            case .ifLower: [RedisWord.ifLower]
            }
        return [RedisWord.zadd, key] + condition
            + members.flatMap { [RedisNumber.text($0.score), $0.member] }
    }

    /// With `REV` the higher bound comes first.
    private static func rangeByScore(
        _ key: ByteString, _ scores: ScoreRange, _ order: SortOrder, _ limit: Int
    ) -> [ByteString] {
        let ends = order == .ascending ? bounds(scores) : bounds(scores).reversed()
        return [RedisWord.zrange, key] + ends + [RedisWord.byScore] + reversed(order)
            + [RedisWord.limit, RedisWord.zero, RedisNumber.text(limit), RedisWord.withScores]
    }

    private static func reversed(_ order: SortOrder) -> [ByteString] {
        order == .descending ? [RedisWord.reversed] : []
    }

    private static func bounds(_ scores: ScoreRange) -> [ByteString] {
        [RedisNumber.lower(scores.lower), RedisNumber.upper(scores.upper)]
    }
}
