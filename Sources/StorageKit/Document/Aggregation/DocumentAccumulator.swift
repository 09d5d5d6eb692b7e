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
    public static func sum(_ value: DocumentExpression) -> DocumentAccumulator {
        .of(.sum, value)
    }

    /// The average of the numbers among the values; of none, null.
    public static func average(_ value: DocumentExpression) -> DocumentAccumulator {
        .of(.average, value)
    }

    /// The least value, but for null; of none, null.
    public static func min(_ value: DocumentExpression) -> DocumentAccumulator {
        .of(.min, value)
    }

    /// The greatest value, but for null; of none, null.
    public static func max(_ value: DocumentExpression) -> DocumentAccumulator {
        .of(.max, value)
    }

    /// The value of the first document; nothing is null. It means something after a sort only.
    public static func first(_ value: DocumentExpression) -> DocumentAccumulator {
        .of(.first, value)
    }

    /// The value of the last document; nothing is null. It means something after a sort only.
    public static func last(_ value: DocumentExpression) -> DocumentAccumulator {
        .of(.last, value)
    }

    /// All values as an array.
    public static func push(_ value: DocumentExpression) -> DocumentAccumulator {
        .of(.push, value)
    }

    /// All values as an array, of each worth one, in any order.
    public static func addToSet(_ value: DocumentExpression) -> DocumentAccumulator {
        .of(.addToSet, value)
    }

    /// The standard deviation of the numbers among the values, as a population; of none, null.
    public static func standardDeviationOfPopulation(
        _ value: DocumentExpression
    ) -> DocumentAccumulator {
        .of(.standardDeviationOfPopulation, value)
    }

    /// The standard deviation of the numbers among the values, as a sample; of less than two,
    /// null.
    public static func standardDeviationOfSample(
        _ value: DocumentExpression
    ) -> DocumentAccumulator {
        .of(.standardDeviationOfSample, value)
    }
}
