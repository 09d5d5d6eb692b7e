/// A neighbour in the engine's own numbers.
struct Adjacent: Hashable, Sendable {
    let node: NodeIndex
    let relationship: RelationshipIndex
}
