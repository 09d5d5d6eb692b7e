/// What SQL databases can all say, and each in its own words.
public enum SQLWord: Hashable, Sendable {
    /// Equal, or both NULL; never NULL itself. The standard's `IS NOT DISTINCT FROM`.
    case isSame
    /// Not equal, or just one of them NULL; never NULL itself. The standard's `IS DISTINCT FROM`.
    case isDifferent
    /// Behind a text: compare it code unit by code unit of UTF-8, whatever its column says.
    case bytewise
    /// Right behind a decimal number: compare it as the number it is, 1.0 as 1.00. Nothing where a
    /// type does that; else it begins with a blank.
    case numerically
    /// Right before two decimal numbers in parentheses: the function that computes with them.
    /// Nothing where ``decimalSign(_:)`` does.
    case decimalFunction(SQLArithmetic)
    /// Between two decimal numbers, with the blanks around it.
    case decimalSign(SQLArithmetic)
    /// Right before a decimal number in parentheses: the function that adds up those of all rows.
    case decimalSum
}
