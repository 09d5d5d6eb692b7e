import StorageKit

extension KeyValueDraws {
    /// Few scores, so that members tie, and both infinities.
    static func score(_ generator: inout SeededGenerator) -> Double {
        [-1.5, 0, -0.0, 1, 1, 2.25, .infinity, -.infinity].randomElement(using: &generator) ?? 0
    }

    static func scores(_ generator: inout SeededGenerator) -> ScoreRange {
        ScoreRange(lower: bound(&generator), upper: bound(&generator))
    }

    private static func bound(_ generator: inout SeededGenerator) -> ScoreRange.Bound {
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: .unbounded
        case 1: .inclusive(score(&generator))
        default: .exclusive(score(&generator))
        }
    }

    static func sortedSet<S: SortedSetStore>(
        _ store: S, _ number: Int, _ generator: inout SeededGenerator
    ) -> KeyValueCall<S> {
        let key = key(&generator)
        return Bool.random(using: &generator)
            ? sortedSetWrite(store.commands, key, &generator)
            : sortedSetRead(store.commands, key, &generator)
    }

    private static func sortedSetWrite<S: SortedSetStore>(
        _ c: KeyValueCommands<S>, _ key: ByteString, _ generator: inout SeededGenerator
    ) -> KeyValueCall<S> {
        switch Int.random(in: 0..<9, using: &generator) {
        case 0...3:
            var members: [ByteString: Double] = [:]
            for member in self.members(&generator) { members[member] = score(&generator) }
            let updates: [ScoreUpdate] = [.always, .ifAbsent, .ifPresent, .ifHigher, .ifLower]
            let update = updates.randomElement(using: &generator) ?? .always
            return KeyValueCall(c.sortedSetAdd(key, members, if: update))
        case 4: return KeyValueCall(c.sortedSetRemove(key, members: members(&generator)))
        case 5: return KeyValueCall(c.sortedSetRemove(key, ranks: range(&generator)))
        case 6: return KeyValueCall(c.sortedSetRemove(key, scores: scores(&generator)))
        case 7:
            return KeyValueCall(
                c.sortedSetPop(key, order: order(&generator), limit: limit(&generator)))
        default:
            let amount = Bool.random(using: &generator) ? amount(&generator) : score(&generator)
            return KeyValueCall(
                c.sortedSetIncrement(key, member: member(&generator), by: amount))
        }
    }

    private static func sortedSetRead<S: SortedSetStore>(
        _ c: KeyValueCommands<S>, _ key: ByteString, _ generator: inout SeededGenerator
    ) -> KeyValueCall<S> {
        let (member, order) = (member(&generator), order(&generator))
        switch Int.random(in: 0..<7, using: &generator) {
        case 0: return KeyValueCall(c.sortedSetScore(key, of: member))
        case 1: return KeyValueCall(c.sortedSetRank(key, of: member, order: order))
        case 2...3:
            return KeyValueCall(c.sortedSetRange(key, ranks: range(&generator), order: order))
        case 4:
            return KeyValueCall(
                c.sortedSetRange(
                    key, scores: scores(&generator), order: order, limit: limit(&generator)))
        case 5: return KeyValueCall(c.sortedSetCount(key))
        default: return KeyValueCall(c.sortedSetCount(key, scores: scores(&generator)))
        }
    }
}
