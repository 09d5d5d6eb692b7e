/// Which end of an order comes first.
public enum SortOrder: Hashable, Sendable {
    /// The smallest first.
    case ascending
    /// The largest first.
    case descending
}
