/// An operator of ``DocumentExpression`` with one operand.
public enum DocumentUnaryOperator: CaseIterable, Hashable, Sendable {
    /// A number without its sign; of null, null.
    case absolute
    /// The least whole number that is not less; of null, null.
    case ceiling
    /// The greatest whole number that is not greater; of null, null.
    case floor
    /// Whether it is not true: false, null, nothing or zero.
    case not
    /// A text with small letters for the capitals of ASCII; of null, an empty one.
    case lowercased
    /// A text with capitals for the small letters of ASCII; of null, an empty one.
    case uppercased
    /// How many bytes a text has in UTF-8.
    case byteCount
    /// How many of Unicode's scalars a text has.
    case characterCount
    /// How many elements an array has.
    case count
    /// The sum of an array's numbers, or of the number that it is; of others, 0.
    case sum
    /// The average of an array's numbers, or of the number that it is; of none, null.
    case average
    /// The least of an array's elements but null, or the value itself; of none, null.
    case min
    /// The greatest of an array's elements but null, or the value itself; of none, null.
    case max
    /// The standard deviation of an array's numbers as a population; of none, null.
    case standardDeviationOfPopulation
    /// The standard deviation of an array's numbers as a sample; of less than two, null.
    case standardDeviationOfSample
    /// The name of its type; of nothing, `missing`.
    case type
    /// Whether it is a number.
    case isNumber
}
