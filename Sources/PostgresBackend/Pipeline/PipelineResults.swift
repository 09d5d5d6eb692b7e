internal import StorageKit

/// What the statements of a pipeline have brought, taken one after the other.
struct PipelineResults {
    private let batch: PipelineBatch
    private let results: [PostgresExchange.Result]
    private var position = 0

    init(_ batch: PipelineBatch, _ results: [PostgresExchange.Result]) {
        self.batch = batch
        self.results = results
    }

    /// What the next statement has given.
    mutating func next<Output>(
        for statement: PostgresPipelined<Output>
    ) throws(StorageError) -> Output {
        defer { position += 1 }
        guard case .statement(let sent) = batch.steps[position].work else { throw .noStatement }
        return try statement.decode(results[position], sent)
    }
}

extension ExchangeReply {
    /// The results of the last so many steps, if all went well.
    ///
    /// - Parameter mayBeApplied: Whether what was sent may have been done although no answer came.
    func results(
        of exchange: PostgresExchange, last count: Int, mayBeApplied: Bool = true
    ) throws(StorageError) -> [PostgresExchange.Result] {
        let first = exchange.steps.count - count
        // Too many rows are told first: all that comes after them was stopped for that.
        let step = results.indices.first { results[$0].hasOverflowed && exchange.isLimited($0) }
        do throws(StorageError) {
            _ = try result(of: exchange, at: step ?? first, mayBeApplied: mayBeApplied)
        } catch {
            guard count > 1, let step = step ?? failedStep, step >= first else { throw error }
            throw error.changed {
                $0.message = "statement \(step - first + 1) of \(count): \($0.message)"
            }
        }
        return Array(results[first...])
    }

    private var failedStep: Int? {
        if case .refused(_, let step) = failure { step } else { nil }
    }
}

extension PostgresExchange {
    fileprivate func isLimited(_ step: Int) -> Bool {
        if case .upTo = steps[step].demand { true } else { false }
    }
}

extension StorageError {
    fileprivate static var noStatement: StorageError {
        StorageError(
            code: .internalError, message: "a result without its statement; please report it")
    }
}
