import StorageKit

/// Every operation of each capability on one key, as it is after being filled with
/// ``KeyValueKind``; none of them is one that nobody need be asked about.
enum KeyValueTables {
    static func values<S: KeyValueStore>(_ c: KeyValueCommands<S>, _ key: ByteString)
        -> [KeyValueCall<S>]
    {
        [KeyValueCall(c.get(key))]
    }

    static func conditions<S: ConditionalWriteStore>(_ c: KeyValueCommands<S>, _ key: ByteString)
        -> [KeyValueCall<S>]
    {
        [
            KeyValueCall(c.compareAndSet(key, from: "1", to: "2")),
            KeyValueCall(c.compareAndDelete(key, from: "1")),
            KeyValueCall(c.exchange(key, with: "2")), KeyValueCall(c.take(key)),
        ]
    }

    static func counters<S: AtomicCounterStore>(_ c: KeyValueCommands<S>, _ key: ByteString)
        -> [KeyValueCall<S>]
    {
        [KeyValueCall(c.increment(key)), KeyValueCall(c.incrementFloat(key, by: 0.5))]
    }

    static func hashes<S: HashStore>(_ c: KeyValueCommands<S>, _ key: ByteString)
        -> [KeyValueCall<S>]
    {
        [
            KeyValueCall(c.hashSet(key, ["f": "1"])), KeyValueCall(c.hashGet(key, field: "f")),
            KeyValueCall(c.hashGet(key, fields: ["f", "x"])), KeyValueCall(c.hashGetAll(key)),
            KeyValueCall(c.hashIncrement(key, field: "f")),
            KeyValueCall(c.hashIncrementFloat(key, field: "f", by: 0.5)),
            KeyValueCall(c.hashDelete(key, fields: ["f"])),
            KeyValueCall(c.hashExists(key, field: "f")), KeyValueCall(c.hashCount(key)),
            KeyValueCall(c.hashFields(key, after: nil, limit: 10)),
        ]
    }

    static func sortedSets<S: SortedSetStore>(_ c: KeyValueCommands<S>, _ key: ByteString)
        -> [KeyValueCall<S>]
    {
        [
            KeyValueCall(c.sortedSetAdd(key, ["m": 1])),
            KeyValueCall(c.sortedSetAdd(key, ["m": 1], if: .ifHigher)),
            KeyValueCall(c.sortedSetRemove(key, members: ["m"])),
            KeyValueCall(c.sortedSetRemove(key, ranks: 0..<1)),
            KeyValueCall(c.sortedSetRemove(key, scores: .all)),
            KeyValueCall(c.sortedSetScore(key, of: "m")),
            KeyValueCall(c.sortedSetRank(key, of: "m")),
            KeyValueCall(c.sortedSetRank(key, of: "m", order: .descending)),
            KeyValueCall(c.sortedSetRange(key, ranks: 0..<10)),
            KeyValueCall(c.sortedSetRange(key, scores: .all, limit: 10)),
            KeyValueCall(c.sortedSetIncrement(key, member: "m")),
            KeyValueCall(c.sortedSetCount(key)), KeyValueCall(c.sortedSetCount(key, scores: .all)),
            KeyValueCall(c.sortedSetPop(key)),
        ]
    }

    static func lists<S: ListStore>(_ c: KeyValueCommands<S>, _ key: ByteString)
        -> [KeyValueCall<S>]
    {
        [
            KeyValueCall(c.listPush(key, ["1"])), KeyValueCall(c.listPush(key, ["1"], at: .first)),
            KeyValueCall(c.listPop(key)), KeyValueCall(c.listPop(key, from: .last, limit: 2)),
            KeyValueCall(c.listRange(key, 0..<10)), KeyValueCall(c.listTrim(key, to: 0..<1)),
            KeyValueCall(c.listRemove(key, "1")), KeyValueCall(c.listCount(key)),
            KeyValueCall(c.listMove(from: key, to: key)),
        ]
    }

    static func sets<S: SetStore>(_ c: KeyValueCommands<S>, _ key: ByteString) -> [KeyValueCall<S>]
    {
        [
            KeyValueCall(c.setAdd(key, ["m"])), KeyValueCall(c.setRemove(key, ["m"])),
            KeyValueCall(c.setContains(key, "m")), KeyValueCall(c.setMembers(of: key)),
            KeyValueCall(c.setCount(key)), KeyValueCall(c.setCombine(.union, [key])),
            KeyValueCall(c.setCombine(.intersection, [key])),
            KeyValueCall(c.setCombine(.difference, [key])),
            KeyValueCall(c.setMembers(of: key, after: nil, limit: 10)),
        ]
    }
}
