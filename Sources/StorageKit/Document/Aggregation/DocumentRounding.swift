/// Where a number goes that lies between two that can be had.
public enum DocumentRounding: CaseIterable, Hashable, Sendable {
    /// To the nearer one, from the middle to the even one.
    case toNearestOrEven
    /// Towards zero.
    case towardZero
}
