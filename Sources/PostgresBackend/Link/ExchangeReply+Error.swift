internal import StorageKit
internal import Synchronization

extension ExchangeReply {
    /// The result of a step, if all went well.
    ///
    /// - Parameter mayBeApplied: Whether what was sent may have been done although no answer came:
    ///   not so inside a transaction, which the server has then rolled back.
    func result(
        of exchange: PostgresExchange, at step: Int, mayBeApplied: Bool = true
    ) throws(StorageError) -> PostgresExchange.Result {
        let result = results[step]
        if result.hasOverflowed, case .upTo(let limit) = exchange.steps[step].demand {
            // Whatever else went wrong: that it was stopped, for example.
            throw .tooManyRows(limit, exchange.text(of: step))
        }
        if let failure { throw error(failure, exchange, mayBeApplied) }
        return result
    }

    private func error(
        _ failure: ExchangeFailure, _ exchange: PostgresExchange, _ mayBeApplied: Bool
    ) -> StorageError {
        switch failure {
        case .cancelled: return exchange.hasTimedOut ? .timedOut() : .cancelled()
        case .impossible(let error): return error
        case .lost(let error, let wasSent):
            let error = exchange.hasTimedOut ? .silent(error) : error
            return error.changed { $0.mayHaveBeenApplied = wasSent && mayBeApplied }
        case .refused(let error, let step):
            let text = step.map(exchange.text(of:)) ?? exchange.text(of: exchange.steps.count - 1)
            if error.isStopped, exchange.hasTimedOut {
                return .timedOut(error, text)
            }
            if error.isStopped, exchange.isUnwanted.load(ordering: .acquiring) {
                return .cancelled().changed { $0.statement = text }
            }
            if error.isStalePlan || error.isForgottenStatement { return .stale(error, text) }
            // A server that was shut down while it committed may have done so.
            let isDoubtful = mayBeApplied && error.isOfServersEnd && StatementText.commits(text)
            return .postgres(error, statement: text).changed {
                $0.mayHaveBeenApplied = $0.mayHaveBeenApplied || isDoubtful
            }
        }
    }
}

extension PostgresExchange {
    /// Whether it may commit a transaction that was begun by hand.
    var commits: Bool { steps.indices.contains { StatementText.commits(text(of: $0)) } }

    fileprivate func text(of step: Int) -> String {
        switch steps[step].work {
        case .command(let text), .description(let text), .copy(let text): text
        case .statement(let statement): statement.text
        }
    }
}

extension StorageError {
    fileprivate static func tooManyRows(_ limit: Int, _ statement: String) -> StorageError {
        StorageError(
            code: .limitExceeded,
            message: "the result has more than \(limit) rows; raise limit:, add LIMIT to the "
                + "statement, or walk the rows without a limit",
            statement: statement)
    }

    /// A statement that took too long was stopped, or had not been sent.
    fileprivate static func timedOut(
        _ error: PostgresServerError? = nil, _ statement: String? = nil
    ) -> StorageError {
        StorageError(
            code: .timedOut,
            message: "the statement took too long and was stopped; see operationTimeout",
            native: error.map { .init(domain: "sqlstate", name: $0.state) }, statement: statement,
            underlying: error)
    }

    /// The server did not even stop it.
    fileprivate static func silent(_ loss: StorageError) -> StorageError {
        StorageError(
            code: .timedOut,
            message: "the server did not answer in time, and the connection is given up; see "
                + "operationTimeout",
            native: loss.native, underlying: loss)
    }

    /// A prepared statement was no good any more where it cannot be repeated: in a transaction.
    fileprivate static func stale(_ error: PostgresServerError, _ statement: String) -> StorageError
    {
        StorageError(
            code: .conflict,
            message: "the schema, or the session's prepared statements, changed under the "
                + "transaction; run it again",
            native: .init(domain: "sqlstate", name: error.state), statement: statement,
            underlying: error)
    }
}
