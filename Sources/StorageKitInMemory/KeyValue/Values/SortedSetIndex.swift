internal import StorageKit

/// A sorted set: the score of each member in a dictionary, the members in order in a ``ScoreTree``.
///
/// A score is found in constant time, everything else takes O(log n) expected, ranges their length
/// besides.
struct SortedSetIndex: Sendable {
    private(set) var scores: [ByteString: Double] = [:]
    private(set) var tree = ScoreTree()

    init() {}

    var count: Int { scores.count }

    var isEmpty: Bool { scores.isEmpty }

    /// Writes a member's score if the condition holds.
    ///
    /// - Returns: Whether the member is new.
    mutating func update(_ member: ScoredMember, if update: ScoreUpdate = .always) -> Bool {
        guard let old = scores[member.member] else {
            if update == .ifPresent { return false }
            scores[member.member] = member.score
            tree.insert(member)
            return true
        }
        if update.replaces(old, by: member.score) { move(member, from: old) }
        return false
    }

    private mutating func move(_ member: ScoredMember, from old: Double) {
        scores[member.member] = member.score
        tree.remove(ScoredMember(member: member.member, score: old))
        tree.insert(member)
    }

    /// Removes a member.
    ///
    /// - Returns: Whether it was there.
    mutating func remove(_ member: ByteString) -> Bool {
        guard let score = scores.removeValue(forKey: member) else { return false }
        tree.remove(ScoredMember(member: member, score: score))
        return true
    }

    /// Removes the members at these ranks, and returns them in ascending order.
    mutating func remove(ranks: Range<Int>) -> [ScoredMember] {
        let removed = tree.remove(ranks: ranks.clamped(to: 0..<count))
        for member in removed { scores[member.member] = nil }
        return removed
    }

    /// How many members come before this one in an order.
    func rank(of member: ByteString, _ order: SortOrder) -> Int? {
        guard let score = scores[member] else { return nil }
        let rank = tree.rank(of: ScoredMember(member: member, score: score))
        return order == .ascending ? rank : count - 1 - rank
    }

    /// The ranks of the members whose scores lie in a range.
    func ranks(_ range: ScoreRange) -> Range<Int> { tree.ranks(range) }

    /// The members at these ranks of an order, in that order.
    func elements(at ranks: Range<Int>, _ order: SortOrder) -> [ScoredMember] {
        let ranks = ascending(ranks.clamped(to: 0..<count), order)
        let elements = tree.elements(at: ranks)
        return order == .ascending ? elements : elements.reversed()
    }

    /// The first members of an order whose scores lie in a range.
    func elements(_ range: ScoreRange, _ order: SortOrder, limit: Int) -> [ScoredMember] {
        let ranks = ranks(range)
        guard order == .descending else { return tree.elements(at: ranks.first(limit)) }
        return tree.elements(at: ranks.last(limit)).reversed()
    }

    /// Removes and returns the first members of an order.
    mutating func pop(_ order: SortOrder, limit: Int) -> [ScoredMember] {
        let removed = remove(ranks: ascending(0..<min(limit, count), order))
        return order == .ascending ? removed : removed.reversed()
    }

    private func ascending(_ ranks: Range<Int>, _ order: SortOrder) -> Range<Int> {
        order == .ascending ? ranks : count - ranks.upperBound..<count - ranks.lowerBound
    }
}

extension ScoreUpdate {
    /// Whether a score that is there gives way to another.
    fileprivate func replaces(_ old: Double, by new: Double) -> Bool {
        switch self {
        case .always, .ifPresent: new != old
        case .ifAbsent: false
        case .ifHigher: new > old
        case .ifLower: new < old
        }
    }
}

extension Range<Int> {
    fileprivate func first(_ limit: Int) -> Range<Int> {
        lowerBound..<lowerBound + Swift.min(limit, count)
    }

    fileprivate func last(_ limit: Int) -> Range<Int> {
        upperBound - Swift.min(limit, count)..<upperBound
    }
}
