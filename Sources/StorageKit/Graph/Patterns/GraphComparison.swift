/// How two values are compared.
public enum GraphComparison: Hashable, Sendable, CaseIterable {
    /// Worth the same: ``GraphValue/isEqual(to:)``.
    case equal
    /// Not ``equal``; values of different kinds are different.
    case notEqual
    /// Before it; true only of values that can be compared.
    case less
    /// Not after it; true only of values that can be compared.
    case lessOrEqual
    /// After it; true only of values that can be compared.
    case greater
    /// Not before it; true only of values that can be compared.
    case greaterOrEqual
}
