/// What an import has made.
public struct GraphImportSummary: Hashable, Sendable {
    /// How many nodes.
    public let nodes: Int
    /// How many relationships.
    public let relationships: Int
}
