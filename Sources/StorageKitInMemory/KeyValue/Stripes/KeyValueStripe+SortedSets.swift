internal import StorageKit

extension KeyValueStripe {
    mutating func perform(
        _ operation: SortedSetOperation, on key: Key, at time: inout OperationTime
    ) throws(StorageError) -> KeyValueReply {
        switch operation {
        case .add, .remove, .removeRanks, .removeScores, .pop:
            try change(SortedSetIndex.self, key, at: &time) { $0.write(operation) }
        case .increment(let member, let amount):
            try change(SortedSetIndex.self, key, at: &time) { set throws(StorageError) in
                .number(try set.increment(member, by: amount))
            }
        case .score, .rank, .rangeByRank, .rangeByScore, .count, .countScores:
            try collection(SortedSetIndex.self, key, at: &time).read(operation)
        }
    }
}

extension SortedSetIndex {
    /// Does one of the operations that change members and cannot fail.
    fileprivate mutating func write(_ operation: SortedSetOperation) -> KeyValueReply {
        switch operation {
        case .add(let members, let condition):
            .integer(Int64(members.count { update($0, if: condition) }))
        case .remove(let members): .integer(Int64(members.count { remove($0) }))
        case .removeRanks(let range): .integer(Int64(remove(ranks: range).count))
        case .removeScores(let range): .integer(Int64(remove(ranks: ranks(range)).count))
        case .pop(let order, let limit): .members(pop(order, limit: limit))
        default: read(operation)
        }
    }

    fileprivate mutating func increment(
        _ member: ByteString, by amount: Double
    ) throws(StorageError) -> Double {
        let sum = (scores[member] ?? 0) + amount
        guard !sum.isNaN else { throw .sumOutOfRange() }
        _ = update(ScoredMember(member: member, score: sum))
        return sum
    }

    /// Does one of the operations that change nothing.
    fileprivate func read(_ operation: SortedSetOperation) -> KeyValueReply {
        switch operation {
        case .score(let member): .number(scores[member])
        case .rank(let member, let order): .position(rank(of: member, order))
        case .rangeByRank(let range, let order): .members(elements(at: range, order))
        case .rangeByScore(let range, let order, let limit):
            .members(elements(range, order, limit: limit))
        case .countScores(let range): .integer(Int64(ranks(range).count))
        default: .integer(Int64(count))
        }
    }
}
