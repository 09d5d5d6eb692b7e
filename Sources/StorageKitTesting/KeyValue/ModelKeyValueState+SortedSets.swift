import StorageKit

extension ModelKeyValueState {
    mutating func sortedSet(
        _ key: ByteString, _ part: SortedSetOperation, _ operation: KeyValueOperation
    ) throws(StorageError) -> KeyValueReply {
        let before = self[key]
        var scores: [ByteString: Double] = [:]
        switch before?.content {
        case nil: break
        case .sortedSet(let found): scores = found
        default: throw Self.wrongType(operation)
        }
        let reply = try Self.apply(part, to: &scores, operation)
        guard !operation.isReadOnly else { return reply }
        self[key] =
            scores.isEmpty ? nil : Entry(content: .sortedSet(scores), deadline: before?.deadline)
        return reply
    }

    private static func apply(
        _ part: SortedSetOperation, to scores: inout [ByteString: Double],
        _ operation: KeyValueOperation
    ) throws(StorageError) -> KeyValueReply {
        switch part {
        case .add(let members, let update):
            let count = scores.count
            for new in members where update.allows(new.score, over: scores[new.member]) {
                scores[new.member] = new.score
            }
            return .integer(Int64(scores.count - count))
        case .remove(let members): return .integer(remove(members, from: &scores))
        case .removeRanks(let ranks):
            let members = ordered(scores, .ascending).elements(at: ranks)
            return .integer(remove(members.map(\.member), from: &scores))
        case .removeScores(let range):
            let members = ordered(scores, .ascending).filter { range.contains($0.score) }
            return .integer(remove(members.map(\.member), from: &scores))
        case .score(let member): return .number(scores[member])
        case .rank(let member, let order):
            return .position(ordered(scores, order).firstIndex { $0.member == member })
        case .rangeByRank(let ranks, let order):
            return .members(ordered(scores, order).elements(at: ranks))
        case .rangeByScore(let range, let order, let limit):
            let members = ordered(scores, order).filter { range.contains($0.score) }
            return .members(Array(members.prefix(limit)))
        case .increment(let member, let amount):
            let sum = scores[member, default: 0] + amount
            guard !sum.isNaN else { throw outOfRange(operation) }
            scores[member] = sum
            return .number(sum)
        case .count: return .integer(Int64(scores.count))
        case .countScores(let range):
            return .integer(Int64(scores.values.count { range.contains($0) }))
        case .pop(let order, let limit):
            let members = Array(ordered(scores, order).prefix(limit))
            _ = remove(members.map(\.member), from: &scores)
            return .members(members)
        }
    }

    private static func ordered(
        _ scores: [ByteString: Double], _ order: SortOrder
    ) -> [ScoredMember] {
        let ascending = scores.map { ScoredMember(member: $0.key, score: $0.value) }
            .sorted { ($0.score, $0.member) < ($1.score, $1.member) }
        return order == .ascending ? ascending : ascending.reversed()
    }

    private static func remove(
        _ members: [ByteString], from scores: inout [ByteString: Double]
    ) -> Int64 {
        Int64(members.count { scores.removeValue(forKey: $0) != nil })
    }
}

extension ScoreUpdate {
    fileprivate func allows(_ score: Double, over before: Double?) -> Bool {
        guard let before else { return self != .ifPresent }
        return switch self {
        case .always, .ifPresent: true
        case .ifAbsent: false
        case .ifHigher: score > before
        case .ifLower: score < before
        }
    }
}

extension Array {
    /// The elements at these indexes; indexes beyond the last are left out.
    func elements(at indexes: Range<Int>) -> [Element] {
        Array(self[indexes.clamped(to: startIndex..<endIndex)])
    }
}
