extension KeyValueOperation {
    /// Refuses what every store refuses, before anything is sent or changed.
    ///
    /// - Throws: ``StorageError/Code/limitExceeded`` beyond the limits and
    ///   ``StorageError/Code/invalidArgument`` for what can never be right.
    public func check(against limits: KeyValueLimits) throws(StorageError) {
        let check = OperationCheck(limits: limits, operation: self)
        switch self {
        case .get(let key), .exists(let key), .timeToLive(let key), .persist(let key),
            .take(let key), .increment(let key, _):
            try check.key(key)
        case .getMany(let keys), .delete(let keys): try check.keys(keys)
        case .set(let key, let value, let expiration),
            .exchange(let key, let value, let expiration):
            try check.write(key, value, expiration)
        case .setIf(let condition, let key, let value, let expiration):
            try check.write(key, value, expiration)
            if case .equal(let expected) = condition { try check.value(expected) }
        case .deleteIf(let expected, let key):
            try check.key(key)
            try check.value(expected)
        case .scan(let prefix, _, let limit):
            try check.key(prefix)
            try check.limit(limit)
        case .expire(let key, let time):
            try check.key(key)
            try check.timeToLive(time)
        case .getAndExpire(let key, let expiration):
            try check.key(key)
            try check.expiration(expiration)
        case .incrementFloat(let key, let amount):
            try check.key(key)
            try check.finite(amount)
        case .hash(let key, let operation):
            try check.key(key)
            try check.hash(operation)
        case .sortedSet(let key, let operation):
            try check.key(key)
            try check.sortedSet(operation)
        case .list(let key, let operation):
            try check.key(key)
            try check.list(operation)
        case .listMove(let source, _, let target, _):
            try check.key(source)
            try check.key(target)
        case .memberSet(let key, let operation):
            try check.key(key)
            try check.memberSet(operation)
        case .combineSets(_, let keys):
            try check.keys(keys)
            try check.some(keys, "sets")
        case .publish(let payload, let channel):
            try check.key(channel)
            try check.value(payload)
        }
    }

    /// The reply that follows from the operation alone, so that nobody need be asked: nothing was
    /// asked for, or nothing is to be done.
    public var immediateReply: KeyValueReply? {
        switch self {
        case .getMany([]): .values([])
        case .delete([]): .integer(0)
        case .hash(_, .set([])), .hash(_, .delete([])): .integer(0)
        case .hash(_, .getMany([])): .values([])
        case .sortedSet(_, .add([], _)), .sortedSet(_, .remove([])): .integer(0)
        case .sortedSet(_, .rangeByRank(let ranks, _)) where ranks.isEmpty: .members([])
        case .sortedSet(_, .removeRanks(let ranks)) where ranks.isEmpty: .integer(0)
        case .list(_, .range(let indexes)) where indexes.isEmpty: .elements([])
        case .memberSet(_, .add([])), .memberSet(_, .remove([])): .integer(0)
        default: nil
        }
    }
}

extension KeyValueBatch {
    /// Refuses what every store refuses, before anything is sent or changed.
    ///
    /// - Throws: ``StorageError/Code/limitExceeded`` and ``StorageError/Code/invalidArgument``, as
    ///   ``KeyValueOperation/check(against:)`` for the first command that is refused.
    public func check(against limits: KeyValueLimits) throws(StorageError) {
        guard operations.count <= limits.maximumCommandsPerBatch else {
            throw StorageError(
                code: .limitExceeded,
                message: "a batch has \(operations.count) commands, and the store takes "
                    + "\(limits.maximumCommandsPerBatch); divide it")
        }
        // By their places: taking an operation out copies it, which costs more than the check.
        for place in operations.indices { try operations[place].check(against: limits) }
    }
}
