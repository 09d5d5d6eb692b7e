import StorageKit
import StorageKitTesting
import Testing

@testable import StorageKitInMemory

@Suite("The index of a sorted set")
struct SortedSetIndexTests {
    @Test(
        "does what a sorted array does, over random operations", arguments: 0..<8 as Range<UInt64>)
    func model(run: UInt64) {
        var world = SortedSetWorld(seed: testSeed &+ run)
        for step in 0..<1500 {
            let difference = world.step()
            guard difference == nil else {
                Issue.record("step \(step) of seed \(world.generator.seed): \(difference ?? "")")
                return
            }
        }
        #expect(world.model.count > 10, "it has been full")
    }

    @Test("is not deeper than a random tree when members come in order")
    func depth() {
        var index = SortedSetIndex()
        for number in 0..<4096 {
            _ = index.update(ScoredMember(member: ByteString("\(number)"), score: Double(number)))
        }
        // 2 ln 4096 is 17; 60 has a probability of less than one in a million million.
        #expect(index.tree.depth < 60)
        #expect(index.tree.brokenInvariant() == nil)
    }

    @Test("uses the nodes of removed members again")
    func reuse() {
        var index = SortedSetIndex()
        for number in 0..<100_000 {
            _ = index.update(ScoredMember(member: ByteString("\(number)"), score: Double(number)))
            if index.count > 10 { _ = index.pop(.ascending, limit: 1) }
        }
        #expect(index.count == 10)
        #expect(index.tree.nodes.count == 11)
    }

    @Test("takes -0 for 0 and has room for infinities")
    func specialScores() {
        var index = SortedSetIndex()
        let scores: [(ByteString, Double)] = [
            ("b", 0), ("a", -0.0), ("c", -0.0), ("i", .infinity), ("n", -.infinity),
        ]
        for (member, score) in scores {
            _ = index.update(ScoredMember(member: member, score: score))
        }
        let order = index.elements(at: 0..<5, .ascending).map(\.member)
        #expect(order == ["n", "a", "b", "c", "i"])
        #expect(index.ranks(ScoreRange(0...0)) == 1..<4)
        #expect(index.ranks(ScoreRange(after: 0)) == 4..<5)
        #expect(index.ranks(ScoreRange(lower: .exclusive(3), upper: .inclusive(-3))).isEmpty)
        #expect(index.tree.brokenInvariant() == nil)
    }
}

extension ScoreTree {
    fileprivate var depth: Int { depth(below: root) }

    private func depth(below tree: Index) -> Int {
        guard tree != Self.none else { return 0 }
        let node = nodes[Int(tree)]
        return 1 + max(depth(below: node.left), depth(below: node.right))
    }
}

/// An index and the sorted array that it should equal.
private struct SortedSetWorld {
    var generator: SeededGenerator
    var index = SortedSetIndex()
    var model: [ScoredMember] = []

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    /// Does something to both.
    ///
    /// - Returns: How they differ, or `nil`.
    mutating func step() -> String? {
        let difference =
            switch Int.random(in: 0..<20, using: &generator) {
            case 0..<11: update()
            case 11..<14: remove()
            case 14: removeRanks()
            case 15: pop()
            default: read()
            }
        if let difference { return difference }
        if let broken = index.tree.brokenInvariant() { return broken }
        let all = index.elements(at: 0..<Int.max, .ascending)
        return all == model && index.count == model.count ? nil : "the members differ"
    }

    private mutating func member() -> ByteString {
        ByteString("m\(Int.random(in: 0..<60, using: &generator))")
    }

    private mutating func score() -> Double { Double(Int.random(in: -5...5, using: &generator)) }

    private mutating func bound() -> ScoreRange.Bound {
        switch Int.random(in: 0..<5, using: &generator) {
        case 0: .unbounded
        case 1, 2: .exclusive(score())
        default: .inclusive(score())
        }
    }

    private mutating func order() -> SortOrder {
        Bool.random(using: &generator) ? .ascending : .descending
    }

    private mutating func update() -> String? {
        let conditions: [ScoreUpdate] = [.always, .ifAbsent, .ifPresent, .ifHigher, .ifLower]
        let condition = conditions.randomElement(using: &generator) ?? .always
        let new = ScoredMember(member: member(), score: score())
        let isNew = index.update(new, if: condition)
        let old = model.first { $0.member == new.member }?.score
        let writes =
            switch condition {
            case .always: true
            case .ifAbsent: old == nil
            case .ifPresent: old != nil
            case .ifHigher: old.map { new.score > $0 } ?? true
            case .ifLower: old.map { new.score < $0 } ?? true
            }
        if writes {
            model.removeAll { $0.member == new.member }
            model.append(new)
            model.sort { ($0.score, $0.member) < ($1.score, $1.member) }
        }
        return isNew == (writes && old == nil) ? nil : "update \(condition) answered \(isNew)"
    }

    private mutating func remove() -> String? {
        let member = member()
        let was = model.contains { $0.member == member }
        model.removeAll { $0.member == member }
        return index.remove(member) == was ? nil : "remove"
    }

    private mutating func removeRanks() -> String? {
        let lower = Int.random(in: 0..<70, using: &generator)
        let ranks = lower..<lower + Int.random(in: 0..<6, using: &generator)
        let clamped = ranks.clamped(to: 0..<model.count)
        let expected = Array(model[clamped])
        model.removeSubrange(clamped)
        return index.remove(ranks: ranks) == expected ? nil : "remove \(ranks)"
    }

    private mutating func pop() -> String? {
        let (order, limit) = (order(), Int.random(in: 1..<4, using: &generator))
        let popped = index.pop(order, limit: limit)
        let expected = order == .ascending ? model.prefix(limit) : model.suffix(limit)
        model.removeAll { expected.contains($0) }
        return popped == expected.ordered(order) ? nil : "pop \(order)"
    }

    private mutating func read() -> String? {
        let (order, member, limit) = (order(), member(), Int.random(in: 1..<80, using: &generator))
        let range = ScoreRange(lower: bound(), upper: bound())
        let ordered = model[...].ordered(order)
        if index.rank(of: member, order) != ordered.firstIndex(where: { $0.member == member }) {
            return "rank of \(member) \(order)"
        }
        let inRange = ordered.filter { range.contains($0.score) }
        if index.ranks(range).count != inRange.count { return "count of \(range)" }
        if index.elements(range, order, limit: limit) != Array(inRange.prefix(limit)) {
            return "range \(range) \(order) \(limit)"
        }
        let ranks = limit / 2..<limit
        return index.elements(at: ranks, order)
            == Array(ordered.dropFirst(limit / 2).prefix(ranks.count))
            ? nil : "ranks \(ranks) \(order)"
    }
}

extension ArraySlice<ScoredMember> {
    fileprivate func ordered(_ order: SortOrder) -> [ScoredMember] {
        order == .ascending ? Array(self) : reversed()
    }
}
