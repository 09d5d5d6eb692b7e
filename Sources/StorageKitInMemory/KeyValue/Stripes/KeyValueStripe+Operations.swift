internal import StorageKit

extension KeyValueStripe {
    /// Does an operation on one key of this stripe.
    ///
    /// Those on several keys are ``LockedStripes``', which sends the others here.
    mutating func perform(
        _ operation: KeyValueOperation, on key: Key, at time: inout OperationTime
    ) throws(StorageError) -> KeyValueReply {
        if !operation.isReadOnly { sweep(at: &time) }
        switch operation {
        case .get: return .value(try get(key, at: &time))
        case .set(_, let value, let expiration):
            set(key, to: value, expiration, at: &time)
            return .done
        case .exists: return .flag(slot(of: key, at: &time) != nil)
        case .timeToLive: return .timeToLive(timeToLive(of: key, at: &time))
        case .expire(_, let duration): return .flag(expire(key, after: duration, at: &time))
        case .persist: return .flag(persist(key, at: &time))
        case .getAndExpire(_, let expiration):
            return .value(try get(key, expires: expiration, at: &time))
        case .setIf(let condition, _, let value, let expiration):
            return .flag(try set(key, to: value, expiration, if: condition, at: &time))
        case .deleteIf(let expected, _):
            return .flag(try remove(key, ifEqualTo: expected, at: &time))
        case .exchange(_, let value, let expiration):
            return .value(try exchange(key, with: value, expiration, at: &time))
        case .take: return .value(try take(key, at: &time))
        case .increment(_, let amount):
            return .integer(try increment(key, by: amount, at: &time))
        case .incrementFloat(_, let amount):
            return .number(try increment(key, by: amount, at: &time))
        case .hash(_, let operation): return try perform(operation, on: key, at: &time)
        case .sortedSet(_, let operation): return try perform(operation, on: key, at: &time)
        case .list(_, let operation): return try perform(operation, on: key, at: &time)
        case .memberSet(_, let operation): return try perform(operation, on: key, at: &time)
        case .getMany, .delete, .scan, .listMove, .combineSets, .publish:
            throw StorageError(
                code: .internalError,
                message: "an operation on several keys reached one; report this as a defect")
        }
    }
}
