/// How several sets become one.
public enum SetCombination: Hashable, Sendable {
    /// What is in any of them.
    case union
    /// What is in all of them.
    case intersection
    /// What is in the first and in none of the others.
    case difference
}
