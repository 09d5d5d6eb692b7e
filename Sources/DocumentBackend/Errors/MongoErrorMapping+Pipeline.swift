internal import StorageKit

extension MongoErrorMapping {
    /// The error of a pipeline that the server does not carry out.
    ///
    /// What is wrong with a pipeline by itself was refused before. So what the server has no
    /// general code for is that an expression does not fit what a document has: each operator has
    /// a code of its own for that, one for each of the server's two engines.
    static func ofPipeline(_ error: StorageError) -> StorageError {
        guard let native = error.native, native.domain == "mongodb", let number = native.number
        else { return error }
        if divisionsByZero.contains(number) {
            return error.changed {
                $0.code = .invalidArgument
                $0.message = "an expression divides by zero"
            }
        }
        if number == repeatedPath {
            return error.changed {
                $0.code = .unsupported
                $0.message =
                    "this server cannot group by an ifNull or switch that has a path twice; add "
                    + "what it gives as a field before"
            }
        }
        let isOver = overflows.contains(number)
        let isOfOperator = error.code == .internalError && number >= firstOfOperators
        guard isOver || isOfOperator || error.code == .wrongType else { return error }
        return error.changed {
            $0.code = isOver ? .outOfRange : .wrongType
            $0.message =
                isOver
                ? "the result of an expression is beyond what its type holds"
                : "an expression does not fit what a document has; see the underlying error"
        }
    }

    /// Codes below are the server's own, of which each has a name.
    private static let firstOfOperators = 15_000

    /// Overflow, DurationOverflow, `$abs` of the least number, `$round` beyond 64 bits, a number of
    /// milliseconds beyond 64 bits.
    private static let overflows: Set<Int> = [15, 159, 28_680, 31_109, 51_080]

    /// MongoDB 6.0's newer engine takes the slots of a `$ifNull` or `$switch` for different ones.
    private static let repeatedPath = 4_822_806

    /// `$mod` and, in the server's newer engine, `$divide`.
    private static let divisionsByZero: Set<Int> = [16_610, 4_848_401, 5_733_415]
}
