/// One of the two ends of a list.
public enum ListEnd: Hashable, Sendable {
    /// Where index 0 is.
    case first
    /// Where the highest index is.
    case last
}
