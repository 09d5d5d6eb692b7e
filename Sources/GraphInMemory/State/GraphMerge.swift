/// Rows that were built off to the side, to be installed.
struct GraphMerge: Sendable {
    /// What they were built of.
    let adjacency: Adjacency
    /// They have all relationships below this place.
    let boundary: Int
    /// By the type's symbol; `nil` for a type that had not changed.
    let rows: [(outgoing: BaseRows, incoming: BaseRows)?]
}
