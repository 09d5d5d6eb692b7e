extension KeyValueOperation {
    /// The name of the method that makes it, for errors, metrics and traces.
    public var name: String {
        switch self {
        case .get, .getMany: "get"
        case .set: "set"
        case .delete: "delete"
        case .exists: "exists"
        case .scan: "keys"
        case .timeToLive: "timeToLive"
        case .expire: "expire"
        case .persist: "persist"
        case .getAndExpire: "get"
        case .setIf(.absent, _, _, _): "setIfAbsent"
        case .setIf(.present, _, _, _): "setIfPresent"
        case .setIf(.equal, _, _, _): "compareAndSet"
        case .deleteIf: "compareAndDelete"
        case .exchange: "exchange"
        case .take: "take"
        case .increment: "increment"
        case .incrementFloat: "incrementFloat"
        case .hash(_, let operation): operation.name
        case .sortedSet(_, let operation): operation.name
        case .list(_, let operation): operation.name
        case .listMove: "listMove"
        case .memberSet(_, let operation): operation.name
        case .combineSets: "setCombine"
        case .publish: "publish"
        }
    }

    /// Whether it changes nothing.
    public var isReadOnly: Bool {
        switch self {
        case .get, .getMany, .exists, .scan, .timeToLive, .combineSets: true
        case .hash(_, let operation): operation.isReadOnly
        case .sortedSet(_, let operation): operation.isReadOnly
        case .list(_, let operation): operation.isReadOnly
        case .memberSet(_, let operation): operation.isReadOnly
        case .set, .delete, .expire, .persist, .getAndExpire, .setIf, .deleteIf, .exchange, .take,
            .increment, .incrementFloat, .listMove, .publish:
            false
        }
    }
}

extension HashOperation {
    var name: String {
        switch self {
        case .set: "hashSet"
        case .get, .getMany: "hashGet"
        case .getAll: "hashGetAll"
        case .increment: "hashIncrement"
        case .incrementFloat: "hashIncrementFloat"
        case .delete: "hashDelete"
        case .exists: "hashExists"
        case .count: "hashCount"
        case .scan: "hashFields"
        }
    }

    var isReadOnly: Bool {
        switch self {
        case .get, .getMany, .getAll, .exists, .count, .scan: true
        case .set, .increment, .incrementFloat, .delete: false
        }
    }
}

extension SortedSetOperation {
    var name: String {
        switch self {
        case .add: "sortedSetAdd"
        case .remove, .removeRanks, .removeScores: "sortedSetRemove"
        case .score: "sortedSetScore"
        case .rank: "sortedSetRank"
        case .rangeByRank, .rangeByScore: "sortedSetRange"
        case .increment: "sortedSetIncrement"
        case .count, .countScores: "sortedSetCount"
        case .pop: "sortedSetPop"
        }
    }

    var isReadOnly: Bool {
        switch self {
        case .score, .rank, .rangeByRank, .rangeByScore, .count, .countScores: true
        case .add, .remove, .removeRanks, .removeScores, .increment, .pop: false
        }
    }
}

extension ListOperation {
    var name: String {
        switch self {
        case .push: "listPush"
        case .pop, .popMany: "listPop"
        case .range: "listRange"
        case .trim: "listTrim"
        case .remove: "listRemove"
        case .count: "listCount"
        }
    }

    var isReadOnly: Bool {
        switch self {
        case .range, .count: true
        case .push, .pop, .popMany, .trim, .remove: false
        }
    }
}

extension SetOperation {
    var name: String {
        switch self {
        case .add: "setAdd"
        case .remove: "setRemove"
        case .contains: "setContains"
        case .members: "setMembers"
        case .count: "setCount"
        case .scan: "setScan"
        }
    }

    var isReadOnly: Bool {
        switch self {
        case .contains, .members, .count, .scan: true
        case .add, .remove: false
        }
    }
}
