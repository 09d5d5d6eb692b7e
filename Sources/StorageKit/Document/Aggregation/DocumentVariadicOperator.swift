/// An operator of ``DocumentExpression`` with any number of operands.
public enum DocumentVariadicOperator: CaseIterable, Hashable, Sendable {
    /// The sum of numbers, or a moment so many milliseconds later; of null, null.
    case add
    /// The product of numbers; of null, null.
    case multiply
    /// Whether all are true.
    case and
    /// Whether one is true.
    case or
    /// The first that is not null or nothing, or else the last, as it is.
    case ifNull
    /// Texts behind each other; of null, null.
    case concat
    /// The elements of arrays behind each other; of null, null.
    case concatArrays
}
