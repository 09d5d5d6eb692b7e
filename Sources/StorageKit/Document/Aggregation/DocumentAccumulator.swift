/// What is made of the documents of a group.
///
/// ```swift
/// .group(by: User.city, ["users": .count, "likes": .sum(User.likes)])
/// ```
///
/// Source: MongoDB's manual, "Accumulators".
public enum DocumentAccumulator: Hashable, Sendable {
    /// Something about the values that an expression gives for each of them.
    case of(DocumentAccumulation, DocumentExpression)
    /// How many there are, as a 32-bit integer if it is one.
    case count
}

extension DocumentAccumulator {
    /// The sum of the numbers among the values; of none, 0.
    ///
    /// Whole numbers become wider as they need to be, and real beyond 64 bits.
    public static func sum(_ value: some DocumentExpressible) -> DocumentAccumulator {
        .of(.sum, value.expression)
    }

    /// The average of the numbers among the values; of none, null.
    public static func average(_ value: some DocumentExpressible) -> DocumentAccumulator {
        .of(.average, value.expression)
    }

    /// The least value, but for null; of none, null.
    public static func min(_ value: some DocumentExpressible) -> DocumentAccumulator {
        .of(.min, value.expression)
    }

    /// The greatest value, but for null; of none, null.
    public static func max(_ value: some DocumentExpressible) -> DocumentAccumulator {
        .of(.max, value.expression)
    }

    /// The value of the first document; nothing is null. It means something after a sort only.
    public static func first(_ value: some DocumentExpressible) -> DocumentAccumulator {
        .of(.first, value.expression)
    }

    /// The value of the last document; nothing is null. It means something after a sort only.
    public static func last(_ value: some DocumentExpressible) -> DocumentAccumulator {
        .of(.last, value.expression)
    }

    /// All values as an array.
    public static func push(_ value: some DocumentExpressible) -> DocumentAccumulator {
        .of(.push, value.expression)
    }

    /// All values as an array, of each worth one, in any order.
    public static func addToSet(_ value: some DocumentExpressible) -> DocumentAccumulator {
        .of(.addToSet, value.expression)
    }

    /// The standard deviation of the numbers among the values, as a population; of none, null.
    public static func standardDeviationOfPopulation(
        _ value: some DocumentExpressible
    ) -> DocumentAccumulator {
        .of(.standardDeviationOfPopulation, value.expression)
    }

    /// The standard deviation of the numbers among the values, as a sample; of less than two, null.
    public static func standardDeviationOfSample(
        _ value: some DocumentExpressible
    ) -> DocumentAccumulator {
        .of(.standardDeviationOfSample, value.expression)
    }
}
