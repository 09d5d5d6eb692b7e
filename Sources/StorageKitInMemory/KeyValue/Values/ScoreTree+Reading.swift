internal import StorageKit

extension ScoreTree {
    /// How many members come before this one, whether or not it is in the tree.
    func rank(of element: ScoredMember) -> Int { prefixCount { $0.precedes(element) } }

    /// The ranks of the members whose scores lie in a range.
    func ranks(_ range: ScoreRange) -> Range<Int> {
        let lower =
            switch range.lower {
            case .inclusive(let score): prefixCount { $0.score < score }
            case .exclusive(let score): prefixCount { $0.score <= score }
            case .unbounded: 0
            }
        let upper =
            switch range.upper {
            case .inclusive(let score): prefixCount { $0.score <= score }
            case .exclusive(let score): prefixCount { $0.score < score }
            case .unbounded: count
            }
        return lower..<max(lower, upper)
    }

    /// The members at these ranks, which must exist, in ascending order.
    func elements(at ranks: Range<Int>) -> [ScoredMember] {
        var found: [ScoredMember] = []
        found.reserveCapacity(ranks.count)
        collect(ranks, of: root, from: 0, into: &found)
        return found
    }

    /// How many members, all at the beginning, satisfy a condition.
    private func prefixCount(_ isBefore: (ScoredMember) -> Bool) -> Int {
        var (tree, rank) = (root, 0)
        while tree != Self.none {
            if isBefore(nodes[Int(tree)].element) {
                rank += size(nodes[Int(tree)].left) + 1
                tree = nodes[Int(tree)].right
            } else {
                tree = nodes[Int(tree)].left
            }
        }
        return rank
    }

    /// Visits the part of a subtree, whose first member has the rank `start`, that is in the range.
    private func collect(
        _ ranks: Range<Int>, of tree: Index, from start: Int, into found: inout [ScoredMember]
    ) {
        guard tree != Self.none, start < ranks.upperBound, ranks.lowerBound < start + size(tree)
        else { return }
        let (left, right) = (nodes[Int(tree)].left, nodes[Int(tree)].right)
        let rank = start + size(left)
        collect(ranks, of: left, from: start, into: &found)
        if ranks.contains(rank) { found.append(nodes[Int(tree)].element) }
        collect(ranks, of: right, from: rank + 1, into: &found)
    }
}

extension ScoreTree {
    /// Which of the invariants does not hold, or `nil`; linear, for tests.
    func brokenInvariant() -> String? {
        let elements = elements(at: 0..<count)
        if elements.count != count { return "counts do not lead to every member" }
        if zip(elements, elements.dropFirst()).contains(where: { !$0.precedes($1) }) {
            return "the members are not in order"
        }
        return brokenInvariant(below: root)
    }

    private func brokenInvariant(below tree: Index) -> String? {
        guard tree != Self.none else { return nil }
        let node = nodes[Int(tree)]
        if size(tree) != 1 + size(node.left) + size(node.right) { return "a count is wrong" }
        for child in [node.left, node.right] where child != Self.none {
            if nodes[Int(child)].priority > node.priority { return "a child outranks its parent" }
            if let broken = brokenInvariant(below: child) { return broken }
        }
        return nil
    }
}

extension ScoredMember {
    /// Whether this one comes first: by score, then byte by byte; -0 is 0.
    func precedes(_ other: ScoredMember) -> Bool {
        score != other.score ? score < other.score : member < other.member
    }
}
