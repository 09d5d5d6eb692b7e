internal import StorageKit

extension KeyValueOperation {
    /// What a second execution would do: whether the transport may send it again when a connection
    /// was lost before the answer came.
    ///
    /// Reads may. Of the writes those may whose second execution leaves what the first one left and
    /// answers the same:
    ///
    /// | operation | why |
    /// |---|---|
    /// | `set` | it writes whatever there was, and answers nothing |
    /// | `expire`, `get` with an expiry | they answer the same; the time begins at the later one |
    /// | `listTrim` from index 0, or of everything | what it removed is not there to be removed |
    ///
    /// All others answer something else the second time, if they do no harm (`delete` would say
    /// that there was no such key), or do it twice (`increment`).
    var redisEffect: RedisCommand.Effect {
        if isReadOnly { return .reads }
        return switch self {
        case .getAndExpire(_, .unchanged): .reads
        case .set, .expire, .getAndExpire: .changesIdempotently
        case .list(_, .trim(let indexes)) where indexes.isEmpty || indexes.lowerBound == 0:
            .changesIdempotently
        default: .changes
        }
    }
}

extension KeyValueOperation {
    /// Whether operations in a row, each of which may be repeated, may be so together.
    ///
    /// Of `get`, `set` of the same key the second execution would read what the first one wrote. So
    /// nothing may stand behind a read but reads, and behind `expire`, which says whether there was
    /// such a key, nothing that writes one. Whether the keys are the same is not looked at.
    static func mayBeRepeated(_ operations: [KeyValueOperation]) -> Bool {
        var (hasRead, hasExpired) = (false, false)
        for operation in operations {
            if operation.redisEffect == .reads {
                hasRead = true
            } else if hasRead || hasExpired && !operation.changesExpiryAlone {
                return false
            } else if operation.changesExpiryAlone {
                hasExpired = true
            }
        }
        return true
    }

    private var changesExpiryAlone: Bool {
        switch self {
        case .expire, .getAndExpire: true
        default: false
        }
    }
}
