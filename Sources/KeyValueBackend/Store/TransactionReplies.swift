internal import StorageKit

/// The replies to `MULTI`, commands and `EXEC`, sent in a row.
///
/// ```
///   MULTI  SET …    GET …    EXEC
///   +OK    +QUEUED  +QUEUED  [+OK, $3 ana]       done; elements may be errors
///   +OK    +QUEUED  -ERR …   -EXECABORT          refused: nothing was done
///   -NOPERM …                -ERR EXEC without   MULTI was refused: the commands ran one by one
/// ```
struct TransactionReplies {
    private let replies: [RedisReply]

    init(_ replies: [RedisReply]) { self.replies = replies }

    /// The reply to each command.
    ///
    /// - Throws: What the server refused, and why.
    func elements() throws(StorageError) -> [RedisReply] {
        if case .error(let refusal) = replies.first { throw notBegun(refusal) }
        switch replies.last {
        case .array(let elements): return elements
        case .error(let refusal): throw aborted(refusal)
        default:
            throw StorageError(
                code: .corrupted, message: "the server's answer to EXEC is none of EXEC's",
                mayHaveBeenApplied: true)
        }
    }

    /// `EXECABORT` says that a command was refused; which and why was its own reply.
    private func aborted(_ refusal: RedisServerError) -> StorageError {
        let causes = replies.dropFirst().dropLast().enumerated()
        for case (let index, .error(let cause)) in causes {
            return StorageError.redis(cause, statement: "MULTI … EXEC").changed {
                $0.message =
                    "command \(index + 1) of the batch was refused, and nothing of it was done: "
                    + $0.message
            }
        }
        return StorageError.redis(refusal, statement: "MULTI … EXEC")
    }

    /// Without `MULTI` the commands behind it were executed each for itself.
    private func notBegun(_ refusal: RedisServerError) -> StorageError {
        let commands = replies.dropFirst().dropLast()
        let areAllRefused = commands.allSatisfy {
            if case .error = $0 { true } else { false }
        }
        return StorageError.redis(
            refusal, statement: "MULTI … EXEC", mayHaveBeenApplied: !areAllRefused)
    }
}
