import StorageKit

/// An operation of each kind, with its keys and channels as `key` makes them of `a`, `b` and `c`.
func everyOperation(
    _ key: (ByteString) -> ByteString = { $0 }
) -> [(operation: KeyValueOperation, name: String, isReadOnly: Bool)] {
    let (a, b, cursor) = (key("a"), key("b"), ScanCursor("a"))
    return [
        (.get(a), "get", true),
        (.getMany([a, b]), "get", true),
        (.set(a, "a", .never), "set", false),
        (.delete([a, b]), "delete", false),
        (.exists(a), "exists", true),
        (.scan(prefix: a, cursor, limit: 1), "keys", true),
        (.timeToLive(a), "timeToLive", true),
        (.expire(a, after: .seconds(1)), "expire", false),
        (.persist(a), "persist", false),
        (.getAndExpire(a, .unchanged), "get", false),
        (.setIf(.absent, a, "a", .never), "setIfAbsent", false),
        (.setIf(.present, a, "a", .never), "setIfPresent", false),
        (.setIf(.equal(to: "a"), a, "a", .never), "compareAndSet", false),
        (.deleteIf(equal: "a", a), "compareAndDelete", false),
        (.exchange(a, "a", .never), "exchange", false),
        (.take(a), "take", false),
        (.increment(a, by: 1), "increment", false),
        (.incrementFloat(a, by: 1), "incrementFloat", false),
        (.listMove(from: a, .first, to: b, .last), "listMove", false),
        (.combineSets(.union, [a, b]), "setCombine", true),
        (.publish("a", channel: key("c")), "publish", false),
    ] + everyHashOperation(a) + everySortedSetOperation(a) + everyListOperation(a)
        + everySetOperation(a)
}

private func everyHashOperation(_ key: ByteString) -> [(KeyValueOperation, String, Bool)] {
    let operations: [(HashOperation, String, Bool)] = [
        (.set([HashField(name: "a", value: "b")]), "hashSet", false),
        (.get("a"), "hashGet", true),
        (.getMany(["a"]), "hashGet", true),
        (.getAll, "hashGetAll", true),
        (.increment("a", by: 1), "hashIncrement", false),
        (.incrementFloat("a", by: 1), "hashIncrementFloat", false),
        (.delete(["a"]), "hashDelete", false),
        (.exists("a"), "hashExists", true),
        (.count, "hashCount", true),
        (.scan(nil, limit: 1), "hashFields", true),
    ]
    return operations.map { (.hash(key, $0), $1, $2) }
}

private func everySortedSetOperation(_ key: ByteString) -> [(KeyValueOperation, String, Bool)] {
    let operations: [(SortedSetOperation, String, Bool)] = [
        (.add([ScoredMember(member: "a", score: 1)], .always), "sortedSetAdd", false),
        (.remove(["a"]), "sortedSetRemove", false),
        (.removeRanks(0..<1), "sortedSetRemove", false),
        (.removeScores(.all), "sortedSetRemove", false),
        (.score("a"), "sortedSetScore", true),
        (.rank("a", .ascending), "sortedSetRank", true),
        (.rangeByRank(0..<1, .ascending), "sortedSetRange", true),
        (.rangeByScore(.all, .descending, limit: 1), "sortedSetRange", true),
        (.increment("a", by: 1), "sortedSetIncrement", false),
        (.count, "sortedSetCount", true),
        (.countScores(.all), "sortedSetCount", true),
        (.pop(.ascending, limit: 1), "sortedSetPop", false),
    ]
    return operations.map { (.sortedSet(key, $0), $1, $2) }
}

private func everyListOperation(_ key: ByteString) -> [(KeyValueOperation, String, Bool)] {
    let operations: [(ListOperation, String, Bool)] = [
        (.push(["a"], .last), "listPush", false),
        (.pop(.first), "listPop", false),
        (.popMany(.first, limit: 1), "listPop", false),
        (.range(0..<1), "listRange", true),
        (.trim(0..<1), "listTrim", false),
        (.remove("a", limit: nil), "listRemove", false),
        (.count, "listCount", true),
    ]
    return operations.map { (.list(key, $0), $1, $2) }
}

private func everySetOperation(_ key: ByteString) -> [(KeyValueOperation, String, Bool)] {
    let operations: [(SetOperation, String, Bool)] = [
        (.add(["a"]), "setAdd", false),
        (.remove(["a"]), "setRemove", false),
        (.contains("a"), "setContains", true),
        (.members, "setMembers", true),
        (.count, "setCount", true),
        (.scan(nil, limit: 1), "setScan", true),
    ]
    return operations.map { (.memberSet(key, $0), $1, $2) }
}
