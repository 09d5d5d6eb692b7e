extension KeyValueCommands where Store: SetStore {
    /// Adds members.
    public func setAdd(_ key: ByteString, _ members: [ByteString]) -> KeyValueCommand<Store, Int> {
        KeyValueCommand(.memberSet(key, .add(members))) {
            reply throws(StorageError) in
            try reply.decodeCount()
        }
    }

    /// Removes members.
    public func setRemove(
        _ key: ByteString, _ members: [ByteString]
    ) -> KeyValueCommand<Store, Int> {
        KeyValueCommand(.memberSet(key, .remove(members))) {
            reply throws(StorageError) in
            try reply.decodeCount()
        }
    }

    /// Whether something is a member.
    public func setContains(
        _ key: ByteString, _ member: ByteString
    ) -> KeyValueCommand<Store, Bool> {
        KeyValueCommand(.memberSet(key, .contains(member))) {
            reply throws(StorageError) in
            try reply.decodeFlag()
        }
    }

    /// Every member of a set; none when it does not exist.
    public func setMembers(of key: ByteString) -> KeyValueCommand<Store, Set<ByteString>> {
        KeyValueCommand(.memberSet(key, .members)) {
            reply throws(StorageError) in
            try reply.decodeElementSet()
        }
    }

    /// How many members a set has.
    public func setCount(_ key: ByteString) -> KeyValueCommand<Store, Int> {
        KeyValueCommand(.memberSet(key, .count)) {
            reply throws(StorageError) in
            try reply.decodeCount()
        }
    }

    /// The members of several sets combined; one that does not exist has none.
    public func setCombine(
        _ combination: SetCombination, _ keys: [ByteString]
    ) -> KeyValueCommand<Store, Set<ByteString>> {
        KeyValueCommand(.combineSets(combination, keys)) {
            reply throws(StorageError) in
            try reply.decodeElementSet()
        }
    }

    /// Some of the members of a set.
    public func setMembers(
        of key: ByteString, after cursor: ScanCursor?, limit: Int
    ) -> KeyValueCommand<Store, ScanPage<ByteString>> {
        KeyValueCommand(.memberSet(key, .scan(cursor, limit: limit))) {
            reply throws(StorageError) in
            try reply.decodeElementPage()
        }
    }
}
