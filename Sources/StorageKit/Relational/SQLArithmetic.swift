/// What can be computed from two numbers without a digit being lost.
public enum SQLArithmetic: Hashable, Sendable, CaseIterable {
    /// The sum.
    case sum
    /// The first without the second.
    case difference
    /// The product.
    case product

    /// As SQL writes it between numbers.
    var sign: String {
        switch self {
        case .sum: "+"
        case .difference: "-"
        case .product: "*"
        }
    }
}
