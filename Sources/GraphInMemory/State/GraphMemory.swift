/// How many bytes a graph takes, by what for; what it shares with older copies included, and what
/// the allocator adds to each block.
///
/// Not in it: indexes, names, and the texts, bytes and lists of properties beyond the 16 bytes (a
/// mixed one: 17) that each has in its column.
struct GraphMemory: Hashable, Sendable {
    /// Which nodes there are, and their labels.
    var nodes: Int
    /// The table of relationships.
    var relationships: Int
    /// Rows, chains and links.
    var adjacency: Int
    /// The columns of nodes and relationships.
    var properties: Int

    var total: Int { nodes + relationships + adjacency + properties }
}

extension GraphState {
    /// How many bytes it takes.
    ///
    /// O(pages).
    var memoryFootprint: GraphMemory {
        GraphMemory(
            nodes: nodeTable.byteCount, relationships: relationshipTable.byteCount,
            adjacency: adjacency.byteCount,
            properties: nodeProperties.byteCount + relationshipProperties.byteCount)
    }
}
