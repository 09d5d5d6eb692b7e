import StorageKit
import Synchronization

extension KeyValueDefect {
    static var sortedSetDefects: [Self] {
        [
            saying("scores-count-what-was-given", caughtBy: "sorted-set.adds") { operation, _ in
                guard case .sortedSet(_, .add(let members, .always)) = operation else { return nil }
                return .integer(Int64(members.count))
            },
            // A dictionary on the way that keeps what it had.
            doing("first-score-counts", caughtBy: "sorted-set.adds-in-order") {
                guard case .sortedSet(let key, .add(let members, let update)) = $0 else {
                    return nil
                }
                var seen: Set<ByteString> = []
                return .sortedSet(
                    key, .add(members.filter { seen.insert($0.member).inserted }, update))
            },
            // `GT` with `XX`.
            doing("higher-adds-none", caughtBy: "sorted-set.updates-if") {
                guard case .sortedSet(let key, .add(let members, .ifLower)) = $0 else { return nil }
                return .sortedSet(key, .add(members, .always))
            },
            saying("missing-members-have-zero", caughtBy: "sorted-set.absent-has-no-members") {
                _, reply in
                reply == .number(nil) ? .number(0) : nil
            },
            saying("scores-remove-counts-what-was-given", caughtBy: "sorted-set.removes-members") {
                operation, _ in
                guard case .sortedSet(_, .remove(let members)) = operation else { return nil }
                return .integer(Int64(members.count))
            },
            // Both ends included, as `ZREMRANGEBYRANK` takes them.
            doing("ranks-remove-one-more", caughtBy: "sorted-set.removes-ranks") {
                guard case .sortedSet(let key, .removeRanks(let ranks)) = $0, !ranks.isEmpty,
                    ranks.upperBound < .max
                else { return nil }
                return .sortedSet(key, .removeRanks(ranks.lowerBound..<(ranks.upperBound + 1)))
            },
            scoring("removed-bounds-are-inclusive", caughtBy: "sorted-set.removes-scores") {
                if case .sortedSet(let key, .removeScores(let range)) = $0 {
                    .sortedSet(key, .removeScores(range.closed))
                } else {
                    nil
                }
            },
            ghosts("empty-scores-exist", caughtBy: "sorted-set.empty-does-not-exist") {
                switch $0 {
                case .sortedSet(let key, .remove), .sortedSet(let key, .pop): key
                default: nil
                }
            },
            saying("ties-are-turned-round", caughtBy: "sorted-set.ties-in-byte-order") {
                _, reply in
                guard case .members(let members) = reply else { return nil }
                return .members(
                    members.enumerated().sorted {
                        ($0.element.score == $1.element.score)
                            ? $0.offset > $1.offset : $0.offset < $1.offset
                    }.map(\.element))
            },
            saying("ranks-begin-at-one", caughtBy: "sorted-set.ranks") { operation, reply in
                guard case .position(let rank?) = reply else { return nil }
                return .position(rank + 1)
            },
            // Turns the answer round, not the question.
            answering("descending-ranks-from-the-top", caughtBy: "sorted-set.range-by-rank") {
                model, operation throws(StorageError) in
                guard case .sortedSet(let key, .rangeByRank(let ranks, .descending)) = operation,
                    case .members(let members) = try await model.reply(
                        to: .sortedSet(key, .rangeByRank(ranks, .ascending)))
                else { return nil }
                return .members(members.reversed())
            },
            scoring("bounds-are-inclusive", caughtBy: "sorted-set.range-by-score") {
                if case .sortedSet(let key, .rangeByScore(let range, let order, let limit)) = $0 {
                    .sortedSet(key, .rangeByScore(range.closed, order, limit: limit))
                } else {
                    nil
                }
            },
            // The limit before the order.
            answering("limit-before-order", caughtBy: "sorted-set.range-has-a-limit") {
                model, operation throws(StorageError) in
                guard
                    case .sortedSet(let key, .rangeByScore(let range, .descending, let limit)) =
                        operation,
                    case .members(let members) = try await model.reply(
                        to: .sortedSet(key, .rangeByScore(range, .ascending, limit: limit)))
                else { return nil }
                return .members(members.reversed())
            },
            stateful("score-count-is-cached", caughtBy: "sorted-set.counts") {
                let first = Mutex<[ByteString: Reply]>([:])
                return { model, operation throws(StorageError) in
                    guard case .sortedSet(let key, .count) = operation else { return nil }
                    let reply = try await model.reply(to: operation)
                    return first.withLock { first in
                        first[key] = first[key] ?? reply
                        return first[key]
                    }
                }
            },
            hiding(.outOfRange, "infinities-cancel", caughtBy: "sorted-set.increments") {
                if case .sortedSet(_, .increment) = $0 { .number(0) } else { nil }
            },
            doing("pops-the-lowest", caughtBy: "sorted-set.pops") {
                guard case .sortedSet(let key, .pop(.descending, let limit)) = $0 else {
                    return nil
                }
                return .sortedSet(key, .pop(.ascending, limit: limit))
            },
            // `%g`.
            doing("scores-have-six-digits", caughtBy: "sorted-set.scores-are-doubles") {
                guard case .sortedSet(let key, .add(let members, let update)) = $0 else {
                    return nil
                }
                return .sortedSet(
                    key,
                    .add(
                        members.map {
                            ScoredMember(member: $0.member, score: Double(Float($0.score)))
                        }, update))
            },
            doing("nan-is-zero", caughtBy: "sorted-set.refuses-nan") {
                guard case .sortedSet(let key, .add(let members, let update)) = $0 else {
                    return nil
                }
                return .sortedSet(
                    key,
                    .add(
                        members.map {
                            ScoredMember(member: $0.member, score: $0.score.isNaN ? 0 : $0.score)
                        }, update))
            },
            doing("scored-members-end-at-nul", caughtBy: "sorted-set.any-bytes") {
                guard case .sortedSet(let key, .add(let members, let update)) = $0 else {
                    return nil
                }
                return .sortedSet(
                    key,
                    .add(
                        members.map {
                            ScoredMember(member: $0.member.cut(at: 0), score: $0.score)
                        }, update))
            },
            overwriting("scores-replace-other-kinds", caughtBy: "sorted-set.refuses-other-kinds") {
                if case .sortedSet(let key, .increment) = $0 { key } else { nil }
            },
            hiding(.wrongType, "get-of-scores-is-none", caughtBy: "sorted-set.is-a-key") {
                if case .get = $0 { .value(nil) } else { nil }
            },
            cutting("longer-scored-members-are-cut", caughtBy: "sorted-set.limits") { limits in
                {
                    guard case .sortedSet(let key, .increment(let member, let amount)) = $0 else {
                        return nil
                    }
                    let most = limits.maximumKeyBytes
                    return .sortedSet(key, .increment(member.cut(to: most), by: amount))
                }
            },
            answering("score-increment-reads-first", caughtBy: "sorted-set.loses-nothing") {
                model, operation throws(StorageError) in
                guard case .sortedSet(let key, .increment(let member, let amount)) = operation,
                    amount.isFinite
                else { return nil }
                let score = try await model.sortedSetScore(key, of: member) ?? 0
                await pause()
                try await model.sortedSetAdd(key, [member: score + amount])
                return .number(score + amount)
            },
        ]
    }

    private static func scoring(
        _ name: String, caughtBy: String, _ change: @escaping @Sendable (Operation) -> Operation?
    ) -> Self {
        doing(name, caughtBy: caughtBy, change)
    }
}

extension ScoreRange {
    /// The range with its bounds included.
    fileprivate var closed: ScoreRange { ScoreRange(lower: closed(lower), upper: closed(upper)) }

    private func closed(_ bound: Bound) -> Bound {
        if case .exclusive(let score) = bound { .inclusive(score) } else { bound }
    }
}
