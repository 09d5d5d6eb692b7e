extension GraphState {
    /// Whether enough was written since the rows were built that building them anew pays.
    var needsMerge: Bool { false }

    /// Builds rows of all that is there, off to the side: the state is a snapshot of the writer's,
    /// and the writer goes on meanwhile.
    ///
    /// Take a state that the writer does not go back behind: its places must not be given again.
    func merged() -> GraphMerge { GraphMerge() }

    /// Takes rows over that were built of an earlier moment of this state.
    ///
    /// - Returns: `false` when others were taken over since that moment; nothing is changed then.
    @discardableResult
    mutating func install(_ merge: GraphMerge) -> Bool { true }
}

/// Rows that were built off to the side, to be installed.
struct GraphMerge: Sendable {
}
