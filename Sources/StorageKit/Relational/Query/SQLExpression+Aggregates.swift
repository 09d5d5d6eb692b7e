#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

// Of no rows, and of rows that are all NULL, an aggregate is nil; a count is 0. Each stands twice,
// for columns that may be NULL and for those that may not.
extension SQLExpression {
    /// How many rows have a value here.
    public func count() -> SQLExpression<Int> { SQLExpression<Int>(made: "count(\(sql))") }

    /// How many different values there are.
    public func distinctCount() -> SQLExpression<Int> {
        SQLExpression<Int>(made: "count(DISTINCT \(sql))")
    }

    /// The least value.
    public func minimum() -> SQLExpression<Value?> where Value: Comparable {
        SQLExpression<Value?>(made: "min(\(sql))")
    }

    /// The least value that is not NULL.
    public func minimum<Wrapped: Comparable>() -> Self where Value == Wrapped? {
        Self(made: "min(\(sql))")
    }

    /// The greatest value.
    public func maximum() -> SQLExpression<Value?> where Value: Comparable {
        SQLExpression<Value?>(made: "max(\(sql))")
    }

    /// The greatest value that is not NULL.
    public func maximum<Wrapped: Comparable>() -> Self where Value == Wrapped? {
        Self(made: "max(\(sql))")
    }

    /// The sum; one that does not fit 64 bits is the database's error.
    public func sum() -> SQLExpression<Int?> where Value: BinaryInteger { integerSum }

    /// The sum of what is not NULL; one that does not fit 64 bits is the database's error.
    public func sum<Wrapped: BinaryInteger>() -> SQLExpression<Int?> where Value == Wrapped? {
        integerSum
    }

    /// The sum.
    public func sum() -> SQLExpression<Double?> where Value: BinaryFloatingPoint { realSum }

    /// The sum of what is not NULL.
    public func sum<Wrapped: BinaryFloatingPoint>() -> SQLExpression<Double?>
    where Value == Wrapped? {
        realSum
    }

    /// The sum, with every digit.
    public func sum() -> SQLExpression<Decimal?> where Value == Decimal { decimalSum() }

    /// The sum of what is not NULL, with every digit.
    public func sum() -> SQLExpression<Decimal?> where Value == Decimal? { decimalSum() }

    /// The mean, as a real number.
    public func average() -> SQLExpression<Double?> where Value: Numeric { mean }

    /// The mean of what is not NULL, as a real number.
    public func average<Wrapped: Numeric>() -> SQLExpression<Double?> where Value == Wrapped? {
        mean
    }

    // PostgreSQL has decimal numbers for the sum of long integers and the mean of any.
    private var integerSum: SQLExpression<Int?> { .init(made: "CAST(sum(\(sql)) AS BIGINT)") }
    private var realSum: SQLExpression<Double?> { .init(made: "sum(\(sql))") }
    private var mean: SQLExpression<Double?> {
        guard Self.isDecimal else {
            return .init(made: "CAST(avg(\(sql)) AS DOUBLE PRECISION)")
        }
        let sum = decimalSum(SQLExpression<Double?>.self).sql
        return .init(made: "(CAST(\(sum) AS DOUBLE PRECISION) / count(\(sql)))")
    }

    private func decimalSum<Sum>(
        _ type: SQLExpression<Sum>.Type = SQLExpression<Sum>.self
    ) -> SQLExpression<Sum> {
        .init(made: "\(word: .decimalSum)(\(sql))")
    }
}
