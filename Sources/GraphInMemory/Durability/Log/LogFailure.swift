internal import StorageKit

/// Why a group is not in the log, and what that means for the next one.
struct LogFailure: Error {
    let error: StorageError
    /// Whether the file can be trusted no more.
    let isFinal: Bool

    /// The log is as it was before.
    static func refused(_ error: StorageError) -> LogFailure {
        LogFailure(error: error, isFinal: false)
    }

    /// Nothing more is written; what was to be written may be there, unless it was taken back.
    static func broken(_ error: StorageError, mayHaveBeenApplied: Bool) -> LogFailure {
        let final = error.changed {
            $0.mayHaveBeenApplied = mayHaveBeenApplied
            $0.isRetryable = false
        }
        return LogFailure(error: final, isFinal: true)
    }
}
