/// A graph store that says how it would find the matches of a pattern, and what that took.
///
/// ```swift
/// print(try await store.explain(pattern))
/// ```
public protocol ExplainingGraphStore: GraphStore, GraphMatching {
    /// How the store would find the matches; they are not looked for.
    ///
    /// One round trip. The steps' words differ from store to store and from version to version;
    /// what the plan says beside them does not. It goes by the graph as it is: another day, with
    /// other nodes in it, it is another one.
    ///
    /// - Throws: ``StorageError/Code/invalidArgument`` for a pattern that means nothing.
    func explain(_ pattern: GraphPattern) async throws(StorageError) -> GraphPlan

    /// Finds all matches, and says what each step did.
    ///
    /// One round trip. It takes as long as reading all matches does.
    ///
    /// - Throws: ``StorageError/Code/invalidArgument`` for a pattern that means nothing,
    ///   ``StorageError/Code/cancelled``.
    func profile(_ pattern: GraphPattern) async throws(StorageError) -> GraphProfile
}
