/// Where a relationship begins and ends, and of which type it is.
struct RelationshipEnds: Hashable, Sendable {
    let source: NodeIndex
    let target: NodeIndex
    let type: TypeSymbol
}
