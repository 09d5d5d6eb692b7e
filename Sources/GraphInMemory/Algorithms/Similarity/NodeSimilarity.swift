/// How alike two nodes are, by the neighbours that they have in common.
///
/// With the neighbours `A` and `B` of the two, without repetitions:
public enum NodeSimilarity: Hashable, Sendable, CaseIterable {
    /// `|A ∩ B| / |A ∪ B|`: P. Jaccard, 1901.
    case jaccard
    /// `|A ∩ B| / min(|A|, |B|)`: D. Szymkiewicz, 1934, and G. G. Simpson, 1943.
    case overlap
    /// `|A ∩ B| / √(|A| · |B|)`: A. Ochiai, 1957; the cosine of the two rows of the adjacency
    /// matrix.
    case cosine
    /// `|A ∩ B|`.
    case commonNeighbours
    /// `Σ 1 / log |N(z)|` over `z` in `A ∩ B`, where `N(z)` are the nodes that have `z` for a
    /// neighbour: what few share says more. L. A. Adamic and E. Adar, *Friends and neighbors on the
    /// Web*, Social Networks 25, 2003.
    case adamicAdar
}
