import StorageKit

extension RequestOutcome {
    /// The error of a request that failed.
    func error(operation: String, store: String) -> StorageError {
        guard case .failed(let failure, let mayHaveBeenApplied) = self else {
            return StorageError(
                code: .internalError, message: "a reply of the wrong kind; please report it")
        }
        return failure.error.changed {
            $0.operation = operation
            $0.store = store
            $0.mayHaveBeenApplied = mayHaveBeenApplied
        }
    }
}

extension RequestFailure {
    fileprivate var error: StorageError {
        switch self {
        case .cancelled: .cancelled()
        case .timedOut:
            StorageError(
                code: .timedOut,
                message: "the server did not answer in time; see operationTimeout")
        case .noneFree:
            StorageError(
                code: .timedOut,
                message: "all connections for blocking commands were in use; see "
                    + "maximumBlockingConnections")
        case .unreached(let cause):
            StorageError(
                code: .unavailable,
                message: "there was no connection to the server in time: \(cause.message)",
                native: cause.native, underlying: cause)
        case .lost(let error): error
        case .suspected(let error):
            error.changed {
                $0.message =
                    "connections have kept breaking when this call was the next to be answered, "
                    + "so it is not sent again: \(error.message)"
            }
        case .refusedAgain(let refusal): .redis(refusal, statement: nil)
        case .closed:
            StorageError(
                code: .invalidState, message: "the store is closed; open a new one to go on")
        case .full:
            StorageError(
                code: .resourceExhausted,
                message: "too many requests wait for the server; see queueLimit and whenFull")
        }
    }
}
