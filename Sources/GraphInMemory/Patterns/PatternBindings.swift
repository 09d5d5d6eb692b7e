internal import StorageKit

/// What the variables of a pattern stand for at the moment, by their slots.
struct PatternBindings: Sendable {
    var nodes: [NodeIndex]
    /// The single relationships; those of walks are in ``walks``.
    var relationships: [RelationshipIndex]
    /// The walks in the order in which they were gone.
    var walks: [[RelationshipIndex]]
    /// Which slots are walks.
    let isWalk: [Bool]
    /// The relationship that a walk is about to take.
    var hop = RelationshipIndex(0)

    init(nodes: Int, isWalk: [Bool]) {
        self.nodes = Array(repeating: NodeIndex(0), count: nodes)
        relationships = Array(repeating: RelationshipIndex(0), count: isWalk.count)
        walks = Array(repeating: [], count: isWalk.count)
        self.isWalk = isWalk
    }

    func length(of slot: Int) -> Int { isWalk[slot] ? walks[slot].count : 1 }
}
