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
