/// An operator of ``DocumentExpression`` with two operands.
public enum DocumentBinaryOperator: CaseIterable, Hashable, Sendable {
    /// The difference of numbers; of two moments the milliseconds between them; a moment so many
    /// milliseconds before one. Of null, null.
    case subtract
    /// The quotient, a floating-point number or a decimal; of null, null.
    case divide
    /// What a division of whole quotients leaves, with the sign of the first; of null, null.
    case mod
    /// The element at a place of an array, from the end when it is below zero; nothing, where
    /// there is none. Of null, null.
    case elementAt
    /// Whether the first is an element of the second, an array.
    case isIn
    /// Whether both are of the same worth.
    case equal
    /// Whether they are not of the same worth.
    case notEqual
    /// Whether the first comes before the second in the order of all values.
    case less
    /// Whether the first does not come after the second.
    case lessOrEqual
    /// Whether the first comes after the second.
    case greater
    /// Whether the first does not come before the second.
    case greaterOrEqual
    /// -1, 0 or 1, as the first comes before the second, with it, or after.
    case compare
}
