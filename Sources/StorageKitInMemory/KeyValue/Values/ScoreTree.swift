internal import StorageKit

/// Scored members in their order, with the rank of each: the ordered half of a sorted set.
///
/// A treap (Seidel and Aragon, "Randomized Search Trees", Algorithmica 16, 1996) whose nodes count
/// their subtrees. Three invariants, which ``brokenInvariant()`` checks:
///
/// ```
///             (7, "b") priority 95, count 5           order:   left < node < right,
///            /                     \                           by score, then bytes
///    (3, "a") 60, 2           (9, "c") 71, 2          heap:    no child has a higher priority
///            \                     \                  count:   1 + those of both children
///         (5, "x") 12           (9, "d") 30
/// ```
///
/// A priority is the member's hash, seeded by the process: whoever chooses members and scores does
/// not know it, so the tree is as deep as one built in random order, about 2 ln n, whatever comes.
/// Two primitives do everything: ``split`` cuts a tree in two at a place in the order, ``merge``
/// joins two of which one lies before the other. Both walk one path and repair its counts.
///
/// Adding, removing, finding a rank and reaching one take O(log n) expected; reading or removing a
/// range O(log n) and its length. Nodes lie in one array and know each other by index, so a tree is
/// a value, and adding one allocates nothing but room in the array.
struct ScoreTree: Sendable {
    typealias Index = Int32

    struct Node: Sendable {
        var element: ScoredMember
        var priority: UInt32
        var left: Index = none
        var right: Index = none
        var count: Int32 = 1
    }

    /// The index of no node.
    static let none: Index = -1

    private(set) var nodes: [Node] = []
    private(set) var root = none
    /// The first of the nodes that are not in use; each names the next as its left child.
    private var free = none

    init() {}

    /// How many members there are.
    var count: Int { size(root) }
}

// MARK: Changes

extension ScoreTree {
    /// Adds a member that is not in the tree.
    mutating func insert(_ element: ScoredMember) {
        let node = makeNode(element)
        let (before, after) = split(root) { $0.precedes(element) }
        root = merge(merge(before, node), after)
    }

    /// Removes a member that has this score.
    mutating func remove(_ element: ScoredMember) {
        let rank = rank(of: element)
        _ = remove(ranks: rank..<rank + 1)
    }

    /// Removes the members at these ranks, which must exist, and returns them.
    mutating func remove(ranks: Range<Int>) -> [ScoredMember] {
        let (rest, after) = split(root, at: ranks.upperBound)
        let (before, doomed) = split(rest, at: ranks.lowerBound)
        root = merge(before, after)
        var removed: [ScoredMember] = []
        removed.reserveCapacity(ranks.count)
        release(doomed, into: &removed)
        if root == Self.none { self = ScoreTree() }
        return removed
    }

    private mutating func makeNode(_ element: ScoredMember) -> Index {
        let priority = UInt32(truncatingIfNeeded: element.member.hashValue)
        let node = Node(element: element, priority: priority)
        guard free != Self.none else {
            nodes.append(node)
            return Index(nodes.count - 1)
        }
        let place = free
        free = nodes[Int(place)].left
        nodes[Int(place)] = node
        return place
    }

    /// Gives the nodes of a subtree back, its members in their order.
    private mutating func release(_ tree: Index, into removed: inout [ScoredMember]) {
        guard tree != Self.none else { return }
        let node = nodes[Int(tree)]
        release(node.left, into: &removed)
        removed.append(node.element)
        release(node.right, into: &removed)
        let vacant = ScoredMember(member: ByteString(), score: 0)
        nodes[Int(tree)] = Node(element: vacant, priority: 0, left: free)
        free = tree
    }

    /// Cuts a tree in those for which the condition holds, which must come first, and the rest.
    private mutating func split(
        _ tree: Index, _ isBefore: (ScoredMember) -> Bool
    ) -> (Index, Index) {
        guard tree != Self.none else { return (Self.none, Self.none) }
        if isBefore(nodes[Int(tree)].element) {
            let (left, right) = split(nodes[Int(tree)].right, isBefore)
            nodes[Int(tree)].right = left
            recount(tree)
            return (tree, right)
        }
        let (left, right) = split(nodes[Int(tree)].left, isBefore)
        nodes[Int(tree)].left = right
        recount(tree)
        return (left, tree)
    }

    /// Cuts a tree in its first `rank` members and the rest.
    private mutating func split(_ tree: Index, at rank: Int) -> (Index, Index) {
        guard tree != Self.none else { return (Self.none, Self.none) }
        let before = size(nodes[Int(tree)].left)
        if before < rank {
            let (left, right) = split(nodes[Int(tree)].right, at: rank - before - 1)
            nodes[Int(tree)].right = left
            recount(tree)
            return (tree, right)
        }
        let (left, right) = split(nodes[Int(tree)].left, at: rank)
        nodes[Int(tree)].left = right
        recount(tree)
        return (left, tree)
    }

    /// Joins two trees of which the first lies before the second.
    private mutating func merge(_ first: Index, _ second: Index) -> Index {
        guard first != Self.none else { return second }
        guard second != Self.none else { return first }
        if nodes[Int(first)].priority >= nodes[Int(second)].priority {
            nodes[Int(first)].right = merge(nodes[Int(first)].right, second)
            recount(first)
            return first
        }
        nodes[Int(second)].left = merge(first, nodes[Int(second)].left)
        recount(second)
        return second
    }

    private mutating func recount(_ tree: Index) {
        let children = size(nodes[Int(tree)].left) + size(nodes[Int(tree)].right)
        nodes[Int(tree)].count = Int32(children + 1)
    }

    func size(_ tree: Index) -> Int { tree == Self.none ? 0 : Int(nodes[Int(tree)].count) }
}
