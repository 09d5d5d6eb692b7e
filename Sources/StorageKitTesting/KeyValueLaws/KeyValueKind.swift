import StorageKit

/// What a key can hold.
enum KeyValueKind: CaseIterable, Sendable {
    case value, hash, sortedSet, list, set
}

/// A store with every kind of value.
typealias AllKindsStore = ConditionalWriteStore & AtomicCounterStore & HashStore & SortedSetStore
    & ListStore & SetStore

extension KeyValueScene where Harness.Subject: AllKindsStore {
    /// Puts something of a kind under a key.
    func fill(_ key: ByteString, _ kind: KeyValueKind) async throws {
        switch kind {
        case .value: try await store.set(key, to: "1")
        case .hash: try await store.hashSet(key, ["f": "1"])
        case .sortedSet: try await store.sortedSetAdd(key, ["m": 1])
        case .list: try await store.listPush(key, ["1"])
        case .set: try await store.setAdd(key, ["m"])
        }
    }

    /// Fails the case unless a key holds what ``fill(_:_:)`` put there.
    func expectFilled(
        _ key: ByteString, _ kind: KeyValueKind, _ when: @autoclosure () -> String
    ) async throws {
        context.note("the content of '\(key)' is looked at")
        switch kind {
        case .value: try await expect(key, holds: "1", when())
        case .hash: try await expect(commands.hashGetAll(key), answers: ["f": "1"])
        case .sortedSet:
            try await expect(
                commands.sortedSetRange(key, ranks: 0..<9),
                answers: [ScoredMember(member: "m", score: 1)])
        case .list: try await expect(commands.listRange(key, 0..<9), answers: ["1"])
        case .set: try await expect(commands.setMembers(of: key), answers: ["m"])
        }
    }

    /// Every operation that is for one kind alone.
    func calls(_ kind: KeyValueKind, _ key: ByteString) -> [KeyValueCall<Store>] {
        switch kind {
        case .value:
            KeyValueTables.values(commands, key) + KeyValueTables.conditions(commands, key)
                + KeyValueTables.counters(commands, key)
        case .hash: KeyValueTables.hashes(commands, key)
        case .sortedSet: KeyValueTables.sortedSets(commands, key)
        case .list: KeyValueTables.lists(commands, key)
        case .set: KeyValueTables.sets(commands, key)
        }
    }
}
